export { InstitutionDetails } from './details.ts'
export { default as library } from './library.ts'
