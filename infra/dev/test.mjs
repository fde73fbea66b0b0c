#!/usr/bin/env node
// node infra/dev/test.mjs [files…]: the given test files, or all but the harness. With --harness: the harness. With --tap: plain TAP.
import { runTypeScript } from './embedded/run-typescript.mjs'

process.exitCode = await runTypeScript('infra/dev/testing/main.ts', process.argv.slice(2))
