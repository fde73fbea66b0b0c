import { join } from 'node:path'
import { root } from '../embedded/run-typescript.mjs'

/** Where an installation keeps its data: `.data/` beside the code, or the folder SIKU_DATA_DIR names. */
export const dataDir = (): string => process.env.SIKU_DATA_DIR || join(root, '.data')
