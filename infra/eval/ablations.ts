import type { FeatureName, MatchSide, Weights } from '@siku/matcher'
import { annotateDocument } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { emptyThesaurus } from './shipped-thesaurus.ts'

export const ablationNames = ['no-relations', 'no-quantities', 'no-topics', 'words-only', 'concepts-only'] as const
export type AblationName = (typeof ablationNames)[number]

/** What scores pairs; `read` makes a record ready for it. */
export type Engine = { thesaurus: Thesaurus; weights: Weights; read: (side: MatchSide) => MatchSide }

const conceptFeatures: readonly FeatureName[] = ['coverage', 'focus', 'mutual', 'evidence']
const quantityFeatures: readonly FeatureName[] = ['quantities-met', 'quantities-contradicted', 'criteria-open']

/** The engine with a part taken away; only its ranking is compared, for the threshold was set for the whole. */
export function ablate(name: AblationName, { thesaurus, weights }: Pick<Engine, 'thesaurus' | 'weights'>): Engine {
  const engine = { thesaurus, read: (side: MatchSide) => side }
  const without = (features: readonly FeatureName[]) => withoutFeatures(weights, name, (feature) => !features.includes(feature))
  switch (name) {
    case 'no-relations':
      return { ...engine, weights: withoutRelations(weights, name) }
    case 'no-quantities':
      return { ...engine, weights: without(quantityFeatures) }
    case 'no-topics':
      return { ...engine, weights: without(['topics']) }
    case 'concepts-only':
      return { ...engine, weights: withoutFeatures(weights, name, (feature) => conceptFeatures.includes(feature)) }
    case 'words-only': {
      const empty = emptyThesaurus()
      return {
        thesaurus: empty,
        weights: withoutFeatures(weights, name, (feature) => feature === 'terms'),
        read: (side) => ({ ...side, annotation: annotateDocument(empty, side.text) })
      }
    }
  }
}

/** A version of its own: what the matcher works out it keeps by version. */
function withoutFeatures(weights: Weights, name: AblationName, isKept: (feature: FeatureName) => boolean): Weights {
  const features = Object.fromEntries(
    Object.entries(weights.features).map(([feature, entry]) => [feature, isKept(feature as FeatureName) ? entry : { ...entry, weight: 0 }])
  )
  return { ...weights, version: `${weights.version} ${name}`, features: features as Weights['features'] }
}

/** Below the floor nothing is near anything but itself: neither the hierarchy nor a typed relation counts. */
function withoutRelations(weights: Weights, name: AblationName): Weights {
  const { floor } = weights.similarity
  const similarity = Object.fromEntries(Object.keys(weights.similarity).map((relation) => [relation, relation === 'floor' ? floor : 0]))
  return { ...weights, version: `${weights.version} ${name}`, similarity: similarity as Weights['similarity'] }
}
