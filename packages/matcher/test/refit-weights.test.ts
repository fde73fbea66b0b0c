import t from 'tap'
import { featureNames, meanLoss, readWeights, refitWeights, type FeatureName } from '../src/index.ts'
import type { Sample } from '../src/index.ts'
import { sequence } from './support.ts'

const today = readWeights()
const zero = Object.fromEntries(featureNames.map((name) => [name, 0])) as Record<FeatureName, number>
const sampleOf = (features: Partial<Record<FeatureName, number>>, isRelevant: boolean): Sample => ({
  features: { ...zero, ...features },
  isRelevant
})

/** People who care for nothing but the stage. */
function stageLovers(count: number): Sample[] {
  const next = sequence(7)
  return Array.from({ length: count }, (_, at) => {
    const isFarEnough = at % 2 === 0
    const concepts = { coverage: next(10) / 10, focus: next(10) / 10, topics: next(10) / 10 }
    return sampleOf({ ...concepts, ...(isFarEnough ? { 'stage-met': 1 } : { 'stage-short': 1 }) }, isFarEnough)
  })
}

t.test('weights follow what people decide, and few decisions move little', async (t) => {
  const many = refitWeights(stageLovers(400), today)
  const few = refitWeights(stageLovers(4), today)
  const moved = (weights: typeof today) => today.features['stage-short'].weight - weights.features['stage-short'].weight
  t.ok(moved(many) > 0.3, `${moved(many)}`)
  t.ok(Math.abs(moved(few)) < moved(many) / 3)
  t.ok(meanLoss(stageLovers(400), many) < meanLoss(stageLovers(400), today) * 0.8)
})

t.test('no feature changes its sign, even if all decisions say so', async (t) => {
  const perverse = Array.from({ length: 300 }, (_, at) =>
    sampleOf({ coverage: at % 2, topics: at % 2, 'stage-short': (at + 1) % 2 }, at % 2 === 0)
  )
  const weights = refitWeights(perverse, today)
  for (const name of featureNames) {
    t.ok(weights.features[name].weight * today.features[name].weight >= 0, name)
  }
  t.equal(weights.features.coverage.weight, 0, 'what speaks against itself falls silent')
})

t.test('without a sample nothing changes, and the same samples give the same weights', async (t) => {
  t.same(refitWeights([], today), today)
  t.same(refitWeights(stageLovers(50), today), refitWeights(stageLovers(50), today))
})
