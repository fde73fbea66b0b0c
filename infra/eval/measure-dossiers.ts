import { bootstrapMean, type Interval } from './bootstrap.ts'
import { ndcg, recall, relevantCount, type Grades } from './metrics.ts'
import type { RankedDossier, RankedDossiers } from './rank-dossiers.ts'

/** The first three are shown, six are kept; needs with nothing to find do not count. */
export type DossierQuality = { needs: number; ndcg3: Interval | null; recall6: Interval | null }

const [shown, kept] = [3, 6]

type DossierPart = 'projects' | 'institutions'

export function measureDossiers({ needs, ids }: RankedDossiers): Record<DossierPart, DossierQuality> {
  return { projects: qualityOf(needs, 'projects', ids.projects), institutions: qualityOf(needs, 'institutions', ids.institutions) }
}

function qualityOf(needs: readonly RankedDossier[], part: DossierPart, ids: ReadonlySet<string>): DossierQuality {
  const lists = needs.map((dossier) => ({ ranking: dossier[part], grades: gradesAmong(dossier.grades, ids) }))
  const judged = lists.filter(({ grades }) => relevantCount(grades) > 0)
  return {
    needs: judged.length,
    ndcg3: bootstrapMean(judged.map(({ ranking, grades }) => ndcg(ranking, grades, shown))),
    recall6: bootstrapMean(judged.map(({ ranking, grades }) => recall(ranking, grades, kept)))
  }
}

/** Projects and institutions are judged in one file. */
const gradesAmong = (grades: Grades, ids: ReadonlySet<string>): Grades => new Map([...grades].filter(([id]) => ids.has(id)))
