/** What the caps need to know of one line of a demand's list. */
export type Cappable = {
  id: string
  technologyId: string
  scoreMillionths: number
  organisationKey: string
  /** Place of this demand in the list of the technology, from 1. */
  placeAtTechnology: number
}

export type CapKind = 'capacity' | 'organisation' | 'duplicate'
/** Why a line stands behind the others, and for which other line of the list; none where the technology itself is full. */
export type Cap = { kind: CapKind; because: string | null }
export type Capped<T extends Cappable> = T & { cap: Cap | null }

export type Caps = {
  /** Demands a technology is shown to: those it fits best. */
  demandsPerTechnology: number
  /** Lines of one organisation among the uncapped. */
  linesPerOrganisation: number
}

export const defaultCaps: Caps = { demandsPerTechnology: 12, linesPerOrganisation: 3 }

/** Technologies that are the same thing said twice: the id of the cluster a technology belongs to. */
export type Clusters = ReadonlyMap<string, string>

/**
 * What of a demand's list is shown first: a pure function of the stored set, greedy in the order of strength. Lines that a cap holds back
 * stand behind the others, in the same order, and say why.
 */
export function applyCaps<T extends Cappable>(lines: readonly T[], clusters: Clusters, caps: Caps = defaultCaps): Capped<T>[] {
  const byOrganisation = new Map<string, string[]>()
  const byCluster = new Map<string, string>()
  const shown: Capped<T>[] = []
  const held: Capped<T>[] = []
  for (const line of [...lines].sort(byStrength)) {
    const cluster = clusters.get(line.technologyId)
    const cap = capOf(line, { caps, best: cluster && byCluster.get(cluster), own: byOrganisation.get(line.organisationKey) ?? [] })
    if (cap) {
      held.push({ ...line, cap })
      continue
    }
    if (cluster) byCluster.set(cluster, line.id)
    byOrganisation.set(line.organisationKey, [...(byOrganisation.get(line.organisationKey) ?? []), line.id])
    shown.push({ ...line, cap: null })
  }
  return [...shown, ...held]
}

type Standing = { caps: Caps; best: string | undefined; own: readonly string[] }

function capOf({ placeAtTechnology }: Cappable, { caps, best, own }: Standing): Cap | null {
  if (best !== undefined) return { kind: 'duplicate', because: best }
  if (placeAtTechnology > caps.demandsPerTechnology) return { kind: 'capacity', because: null }
  if (own.length >= caps.linesPerOrganisation) return { kind: 'organisation', because: own[0] ?? null }
  return null
}

const byStrength = (a: Cappable, b: Cappable): number => b.scoreMillionths - a.scoreMillionths || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
