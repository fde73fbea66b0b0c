import type { Fault } from './compose-rules.ts'

type Instruction = { name: string; rest: string }

export function readDockerfile(text: string): Instruction[] {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(/\s/, 1)[0] ?? '', rest: line.replace(/^\S+\s+/, '').trim() }))
}

/** The image is built with the tools this copy is built with, runs as nobody in particular, and asks the right path for its health. */
export function imageRecipeFaults(text: string, { pnpm, healthPaths }: { pnpm: string; healthPaths: readonly string[] }): Fault[] {
  const instructions = readDockerfile(text)
  const bases = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0] ?? '')
  const final = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'))
  const user = final.findLast(({ name }) => name === 'USER')?.rest
  const health = final.find(({ name }) => name === 'HEALTHCHECK')?.rest ?? ''
  const path = /\$\{process\.env\.SIKU_PORT\}(\/[a-z/]+)/.exec(health)?.[1]
  const pnpmUsed = [...text.matchAll(/pnpm@(\S+)/g)].map(([, version]) => version)
  return [
    ...(new Set(bases).size === 1 && /^node:24-\w+-slim$/.test(bases[0] ?? '')
      ? []
      : [`builds on ${bases.join(' and ')}, not on one slim Node 24`]),
    ...(user === undefined || user === 'root' ? ['runs as root'] : []),
    ...(path !== undefined && healthPaths.includes(path) ? [] : [`asks ${path ?? 'no path'} for its health`]),
    ...pnpmUsed.filter((version) => version !== pnpm).map((version) => `uses pnpm ${version}; the lockfile is written by ${pnpm}`),
    ...(pnpmUsed.length === 0 ? ['does not install by the lockfile'] : []),
    ...(text.includes('--frozen-lockfile') ? [] : ['may install other versions than the lockfile']),
    ...(/^(ARG|ENV) .*(SECRET|PASSWORD|_KEY)/m.test(text) ? ['holds a secret'] : [])
  ]
}

/** What must never get into an image, and what must. */
export function ignoreFaults(text: string): Fault[] {
  const patterns = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const isIgnored = (path: string) => patterns.some((pattern) => matches(pattern, path))
  const never = [
    '.env',
    '.env.local',
    '.git',
    '.data',
    'node_modules',
    'packages/db/node_modules',
    'packages/db/dist',
    'packages/db/test',
    'packages/db/tsconfig.tsbuildinfo'
  ]
  const always = [
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    '.npmrc',
    'tsconfig.base.json',
    'infra/tsconfig.build.json',
    'infra/dev',
    'infra/docker',
    'infra/profiles',
    'packages/db/migrations',
    'packages/thesaurus/data',
    'packages/matcher/weights',
    'services/gateway/src'
  ]
  return [
    ...never.filter((path) => !isIgnored(path)).map((path) => `${path} would be copied into the image`),
    ...always.filter(isIgnored).map((path) => `${path} would be missing in the image`)
  ]
}

/** The part of Docker's patterns that the file uses: whole names, a leading double star, a star inside a name. */
function matches(pattern: string, path: string): boolean {
  const deep = pattern.startsWith('**/')
  const expression = (deep ? pattern.slice(3) : pattern).replaceAll('.', '\\.').replaceAll('*', '[^/]*')
  return new RegExp(deep ? `(^|/)${expression}($|/)` : `^${expression}($|/)`).test(path)
}
