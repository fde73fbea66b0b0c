import { followThesaurus } from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import type { Here } from './open-database.ts'

/** The edition that the lists of an installation are in: the shipped files with what its staff changed. */
export const thesaurusInForce = async (here: Pick<Here, 'connect'>): Promise<Thesaurus> =>
  (await followThesaurus(here.connect('matching'), loadThesaurus()).refresh()).inForceThesaurus
