export { TechnologyDetails } from './details.ts'
export { default as library } from './library.ts'
