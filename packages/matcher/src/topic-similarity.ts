import type { Profile, TopicVector } from './profile.ts'

/** Cosine of two topic vectors of length 1, 0 to 1. */
export function topicSimilarity({ topics: a }: Profile, { topics: b }: Profile): number {
  let sum = 0
  walkShared(a, b, (gain) => (sum += gain))
  return Math.min(1, sum)
}

/** The topics both speak of, the weightiest first, as positions in the thesaurus. */
export function sharedTopics({ topics: a }: Profile, { topics: b }: Profile): number[] {
  const shared: { topic: number; gain: number }[] = []
  walkShared(a, b, (gain, topic) => shared.push({ topic, gain }))
  return shared.sort((x, y) => y.gain - x.gain || x.topic - y.topic).map(({ topic }) => topic)
}

/** Both lists rise, so one walk along the two meets every shared topic. */
function walkShared(a: TopicVector, b: TopicVector, visit: (gain: number, topic: number) => void): void {
  let other = 0
  for (let at = 0; at < a.ids.length; at++) {
    const topic = a.ids[at] ?? 0
    while (other < b.ids.length && (b.ids[other] ?? 0) < topic) other++
    if (b.ids[other] === topic) visit((a.weights[at] ?? 0) * (b.weights[other] ?? 0), topic)
  }
}
