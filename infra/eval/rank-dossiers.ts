import { bestEntries, scoreInstitution, scorePrecedent, type DossierDemand, type MatchSide } from '@siku/matcher'
import type { Engine } from './ablations.ts'
import type { Crosswalk } from './crosswalk.ts'
import type { DossierCollection } from './dossier-collection.ts'
import { dossierSide } from './match-sides.ts'
import type { Grades, Ranked } from './metrics.ts'

/** What stands in the dossier of one need: at most six precedents and six institutions, best first. */
export type RankedDossier = { id: string; language: string; grades: Grades; projects: Ranked[]; institutions: Ranked[] }

export type RankedDossiers = { needs: RankedDossier[]; ids: { projects: Set<string>; institutions: Set<string> } }

/** A need with the technologies that would be proposed for it, best first. */
export type Shortlist = { demand: MatchSide; technologies: readonly MatchSide[] }

type Context = { shortlists: readonly Shortlist[]; engine: Engine; crosswalk: Crosswalk }

const shortlistMax = 5

export function rankDossiers(
  { projects, institutions, judgements }: DossierCollection,
  { shortlists, engine, crosswalk }: Context
): RankedDossiers {
  const { thesaurus, weights } = engine
  const results = projects.map((line) => dossierSide(line, 'project-results', { thesaurus, crosswalk }))
  const partners = institutions.map((line) => dossierSide(line, 'platform-institutions', { thesaurus, crosswalk }))
  const needs = shortlists.map(({ demand: entry, technologies }) => {
    const demand: DossierDemand = { entry, country: entry.country, technologies: technologies.slice(0, shortlistMax) }
    return {
      id: entry.id,
      language: entry.text.sourceLanguage,
      grades: judgements.get(entry.id) ?? new Map(),
      projects: bestEntries(results.map((result) => scorePrecedent(demand, result, thesaurus, weights))).map(ranked),
      institutions: bestEntries(partners.map((partner) => scoreInstitution(demand, partner, thesaurus, weights))).map(ranked)
    }
  })
  return { needs, ids: { projects: idsOf(projects), institutions: idsOf(institutions) } }
}

const idsOf = (lines: readonly { id: string }[]): Set<string> => new Set(lines.map(({ id }) => id))
const ranked = ({ id, scoreMillionths }: { id: string; scoreMillionths: number }): Ranked => ({ id, score: scoreMillionths / 1_000_000 })
