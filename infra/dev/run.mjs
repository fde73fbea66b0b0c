#!/usr/bin/env node
// The door behind the npm scripts: checks Node, installs what is missing, and runs a command from its source.
// Plain JavaScript without dependencies, because it must work before anything is installed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const commands = {
  demo: ['infra/dev/demo.ts'],
  start: ['infra/dev/start.ts'],
  test: ['infra/dev/testing/main.ts'],
  'test:harness': ['infra/dev/testing/main.ts', '--harness'],
  check: ['infra/dev/check.ts'],
  generate: ['infra/dev/generate.ts'],
  siku: ['infra/dev/siku/main.ts'],
  bench: ['infra/bench/main.ts']
}

refuseOldNode()
const [command = '', ...rest] = process.argv.slice(2)
const [file, ...fixed] = commands[command] || []
if (!file) fail(`There is no command '${command}'. There are: ${Object.keys(commands).join(', ')}.`)

const { onParentGone } = await import('./embedded/on-parent-gone.mjs')
const { installIfNeeded } = await import('./install.mjs')
const { root, runTypeScript } = await import('./embedded/run-typescript.mjs')

// npm killed outright cannot tell us; we notice, and end as if we had been asked to.
if (process.env.npm_lifecycle_event) onParentGone(() => process.kill(process.pid, 'SIGTERM'), { alsoGrandparent: true })
if (!existsSync(join(root, file))) fail(`The command '${command}' needs ${file}, which is not there.`)
const installed = await installIfNeeded(root)
process.exitCode = installed === 0 ? await runTypeScript(file, [...fixed, ...rest]) : installed

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(`Siku needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
