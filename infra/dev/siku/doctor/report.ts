import type { WorkSummary } from '@siku/db'

/** Something wrong, and what would make it right. */
export type Finding = { about: string; wrong: string; remedy: string }

export type Machine = {
  siku: string
  node: string
  thesaurus: string
  dataFolder: { path: string; exists: boolean; freeGigabytes: number | null }
  door: { address: string; state: 'answers' | 'free' | 'taken' }
}

export type Connections = { max: number; reserved: number; wanted: number; inUse: number }
export type Role = { name: string; state: 'safe' | 'missing' | 'unsafe' | 'locked-out' }

export type Server = {
  address: string
  origin: 'given' | 'running' | 'started'
  postgresql: string
  encoding: string
  connections: Connections
  migrations: { applied: number; pending: string[]; changed: string[]; unknown: string[] }
}

export type Age = { count: number; oldestSeconds: number }
export type Timer = { name: string; lastSuccessSecondsAgo: number | null; lastError: string | null }

export type Stages = {
  work: WorkSummary[]
  published: { library: string; records: number; waiting: number; stale: number }[]
  indexIntents: Age
  matches: { state: string; count: number; oldestSeconds: number }[]
  timers: Timer[]
  editions: { edition: string; records: number }[]
}

/** The embedding server, and what of its work is kept. `answers` is null where none is set here. */
export type EmbedderReport = {
  url: string | null
  answers: boolean | null
  answeringModel: string | null
  /** Model whose vectors are compared now. */
  model: string | null
  vectors: number
  waiting: number
  parked: number
}

export type Report = {
  healthy: boolean
  findings: Finding[]
  machine: Machine
  server: Server | null
  roles: Role[]
  queue: { backend: 'redis' | 'postgresql'; answers: boolean } | null
  search: { backend: 'meilisearch' | 'embedded'; answers: boolean; version: string | null } | null
  embedder: EmbedderReport | null
  stages: Stages | null
}
