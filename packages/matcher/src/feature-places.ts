import { featureNames, type FeatureName } from './types.ts'

/** Where each feature stands in a row of values. */
export const placeOf = Object.fromEntries(featureNames.map((feature, place) => [feature, place])) as Record<FeatureName, number>
