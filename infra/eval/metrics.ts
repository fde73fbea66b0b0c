/** One line of a ranking, best first. */
export type Ranked = { id: string; score: number }
export type Grades = ReadonlyMap<string, number>

/** How far down a ranking is read. */
export const ndcgDepth = 10

/** From this grade on a technology answers the need. */
export const relevantGrade = 2

export const isRelevant = (grades: Grades, id: string): boolean => (grades.get(id) ?? 0) >= relevantGrade
export const relevantCount = (grades: Grades): number => [...grades.values()].filter((grade) => grade >= relevantGrade).length

/** Best first; equal scores by id, so that no order depends on chance. */
export const byScoreThenId = (a: Ranked, b: Ranked): number => b.score - a.score || (a.id < b.id ? -1 : 1)

/** Normalised discounted cumulative gain with gain 2^grade − 1 (Järvelin and Kekäläinen 2002; Burges 2005). */
export function ndcg(ranking: readonly Ranked[], grades: Grades, depth: number): number {
  const ideal = [...grades.values()].toSorted((a, b) => b - a).slice(0, depth)
  const best = cumulativeGain(ideal)
  return best === 0 ? 0 : cumulativeGain(ranking.slice(0, depth).map(({ id }) => grades.get(id) ?? 0)) / best
}

const cumulativeGain = (grades: readonly number[]): number =>
  grades.reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)

/** Share of the relevant that stand among the first. */
export function recall(ranking: readonly Ranked[], grades: Grades, depth: number): number {
  return ranking.slice(0, depth).filter(({ id }) => isRelevant(grades, id)).length / relevantCount(grades)
}

/** Mean over the relevant of the precision at their place; 0 for those that were not found. */
export function averagePrecision(ranking: readonly Ranked[], grades: Grades): number {
  let found = 0
  let sum = 0
  ranking.forEach(({ id }, at) => {
    if (!isRelevant(grades, id)) return
    found += 1
    sum += found / (at + 1)
  })
  return sum / relevantCount(grades)
}
