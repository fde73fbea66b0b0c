import { readWeights } from '@siku/matcher'
import { createMatchWorker, type MatchWorker } from '@siku/matching'
import { newId, systemNow } from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import type { Call } from './command.ts'
import type { Here } from './open-database.ts'

/** Matching opened for one command: its database, the shipped thesaurus and weights, a copy of what is published. */
export const matchWorker = ({ log }: Pick<Call, 'log'>, here: Here, thesaurus: Thesaurus = loadThesaurus()): MatchWorker =>
  createMatchWorker({ db: here.connect('matching'), thesaurus, weights: readWeights(), log, now: systemNow, newId })
