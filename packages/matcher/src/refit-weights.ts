import { featureNames, type FeatureName, type Weights } from './types.ts'

/** One judged pair: the values its score was made of, and whether a person found it relevant. */
export type Sample = { features: Readonly<Record<FeatureName, number>>; isRelevant: boolean }

export type RefitOptions = {
  /** How strongly today's weights hold: one unit is as much as one sample that speaks against a move by the weight's own size. */
  prior?: number
}

const priorDefault = 10
const scaleMin = 0.3
const iterations = 400

type Fit = { weights: number[]; bias: number }

/**
 * Fits the additive model to what people decided: logistic regression with a Gaussian prior at today's weights (as in Genkin, Lewis and
 * Madigan 2007) and the sign of every weight kept, by projected gradient descent with a step that halves while it does not help. Few
 * samples move little. Baselines, similarity and threshold stay as they are.
 */
export function refitWeights(samples: readonly Sample[], today: Weights, { prior = priorDefault }: RefitOptions = {}): Weights {
  const rows = samples.map(({ features, isRelevant }) => ({
    values: featureNames.map((name) => (features[name] ?? 0) - today.features[name].baseline),
    label: isRelevant ? 1 : 0
  }))
  const start: Fit = { weights: featureNames.map((name) => today.features[name].weight), bias: today.bias }
  const scales = start.weights.map((weight) => Math.max(Math.abs(weight), scaleMin))
  const cost = (fit: Fit) => lossOf(rows, fit) + penaltyOf(fit, { start, scales, prior })
  let fit = start
  let best = cost(fit)
  let step = 1 / (rows.length + prior)
  for (let round = 0; round < iterations && step > 1e-9; round++) {
    const next = project(move(fit, gradientOf(rows, fit, { start, scales, prior }), { step, scales }), start)
    const reached = cost(next)
    if (reached < best) {
      fit = next
      best = reached
      step *= 1.5
    } else step /= 2
  }
  return withFit(today, fit)
}

type Row = { values: number[]; label: number }
type Prior = { start: Fit; scales: readonly number[]; prior: number }

const logOddsOf = ({ values }: Row, { weights, bias }: Fit): number =>
  values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias)

const lossOf = (rows: readonly Row[], fit: Fit): number =>
  rows.reduce((sum, row) => sum + Math.log1p(Math.exp(row.label === 1 ? -logOddsOf(row, fit) : logOddsOf(row, fit))), 0)

const penaltyOf = (fit: Fit, { start, scales, prior }: Prior): number =>
  prior * fit.weights.reduce((sum, weight, at) => sum + ((weight - (start.weights[at] ?? 0)) / (scales[at] ?? 1)) ** 2, 0)

function gradientOf(rows: readonly Row[], fit: Fit, { start, scales, prior }: Prior): Fit {
  const weights = fit.weights.map((weight, at) => (2 * prior * (weight - (start.weights[at] ?? 0))) / (scales[at] ?? 1) ** 2)
  let bias = 0
  for (const row of rows) {
    const off = 1 / (1 + Math.exp(-logOddsOf(row, fit))) - row.label
    row.values.forEach((value, at) => (weights[at] = (weights[at] ?? 0) + off * value))
    bias += off
  }
  return { weights, bias }
}

/** Each weight moves in its own scale, so that large and small ones settle alike. */
const move = ({ weights, bias }: Fit, slope: Fit, { step, scales }: { step: number; scales: readonly number[] }): Fit => ({
  weights: weights.map((weight, at) => weight - step * (scales[at] ?? 1) ** 2 * (slope.weights[at] ?? 0)),
  bias: bias - step * slope.bias
})

/** What speaks for a match never turns into what speaks against it. */
const project = ({ weights, bias }: Fit, start: Fit): Fit => ({
  weights: weights.map((weight, at) => ((start.weights[at] ?? 0) >= 0 ? Math.max(0, weight) : Math.min(0, weight))),
  bias
})

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000 || 0

function withFit(today: Weights, { weights, bias }: Fit): Weights {
  const features = Object.fromEntries(
    featureNames.map((name, at) => [name, { weight: rounded(weights[at] ?? 0), baseline: today.features[name].baseline }])
  ) as Weights['features']
  return { ...today, bias: rounded(bias), features }
}

/** Mean logarithmic loss of weights on judged pairs, in nats: what a guard compares. Lower is better. */
export function meanLoss(samples: readonly Sample[], weights: Weights): number {
  if (samples.length === 0) return 0
  const fit: Fit = { weights: featureNames.map((name) => weights.features[name].weight), bias: weights.bias }
  const rows = samples.map(({ features, isRelevant }): Row => ({
    values: featureNames.map((name) => (features[name] ?? 0) - weights.features[name].baseline),
    label: isRelevant ? 1 : 0
  }))
  return lossOf(rows, fit) / rows.length
}
