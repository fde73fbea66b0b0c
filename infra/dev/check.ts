import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, typescriptArguments } from './embedded/run-typescript.mjs'

type Step = { name: string; run: () => boolean; remedy: string }

const steps: Step[] = [
  {
    name: 'lint',
    run: () => tool('oxlint', ['--type-aware']),
    remedy: 'mend what is listed; `npm run lint -- --fix` does the mechanical part'
  },
  { name: 'types', run: () => tool('tsc', ['-p', 'infra/tsconfig.json', '--noEmit']), remedy: 'mend the types listed' },
  { name: 'build', run: () => tool('tsc', ['-b', 'infra/tsconfig.build.json']), remedy: 'mend the types listed' },
  { name: 'format', run: () => tool('oxfmt', ['--check']), remedy: 'run `npm run format`' },
  { name: 'generated files', run: generatedFilesAreCurrent, remedy: 'run `npm run generate` and commit what changes' }
]

let failed = 0
for (const step of steps) {
  console.log(`… ${step.name}`)
  if (step.run()) continue
  failed += 1
  console.log(`✗ ${step.name}: ${step.remedy}`)
}
console.log(`${steps.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function tool(name: string, args: string[]): boolean {
  return ran(join(root, 'node_modules', '.bin', name), args)
}

function ran(command: string, args: string[]): boolean {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
}

// Compared before and after, so that the answer is right in a working copy with changes of one's own.
function generatedFilesAreCurrent(): boolean {
  const generator = 'infra/dev/generate.ts'
  if (!existsSync(join(root, generator))) return true
  const before = stateOfFiles()
  if (!ran(process.execPath, typescriptArguments(generator))) return false
  const after = stateOfFiles()
  if (before === after) return true
  console.log(after)
  return false
}

function stateOfFiles(): string {
  const git = (...args: string[]) => spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }).stdout
  return git('status', '--porcelain') + git('diff')
}
