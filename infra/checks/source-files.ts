import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../dev/embedded/run-typescript.mjs'

/** A file of the project by its path from the root, `/` between folders. */
export type SourceFile = { path: string; text: string }

export type Violation = { path: string; line: number; what: string }

/** Every file that is or would be committed. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26
  })
  const deleted = new Set(execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0'))
  return [...new Set(listed.split('\0'))].filter((path) => path && !deleted.has(path)).sort()
}

export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

export function typescriptFiles(): SourceFile[] {
  return projectFiles()
    .filter((path) => /\.(ts|mts|mjs)$/.test(path) && !isGenerated(path))
    .map(readSource)
}

export function isGenerated(path: string): boolean {
  return path.split('/').includes('generated')
}

export function isTest(path: string): boolean {
  return path.startsWith('packages/testing/') || /(^|\/)(test|harness)\//.test(path) || path.endsWith('.test.ts')
}

/** Told in a test's failure as `path:line what`. */
export function describeViolations(violations: Violation[]): string[] {
  return violations.map(({ path, line, what }) => `${path}:${line} ${what}`)
}
