import { runLibrary } from '@siku/library-kit'
import library from './library.ts'

await runLibrary(library)
