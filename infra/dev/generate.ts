import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles } from '../generate/generated-files.ts'
import { root } from './embedded/run-typescript.mjs'

let written = 0
const files = await generatedFiles()
for (const { path, text } of files) {
  const place = join(root, path)
  if (existsSync(place) && readFileSync(place, 'utf8') === text) continue
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, text)
  console.log(`written: ${path}`)
  written += 1
}
console.log(`${files.length} generated files, ${written} changed`)
