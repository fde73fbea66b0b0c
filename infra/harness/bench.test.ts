import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { typescriptArguments } from '../dev/embedded/index.ts'

const main = fileURLToPath(new URL('../bench/main.ts', import.meta.url))
const { MEILI_URL: _engine, ...env } = process.env
const small = ['--size', '400', '--needs', '40', '--rounds', '1']
const bench = (...options: string[]) =>
  promisify(execFile)(process.execPath, typescriptArguments(main, [...options, ...small]), {
    env: { ...env, SIKU_PARENT_PID: String(process.pid) }
  })

t.test('each part of the bench that stands on a drawn corpus runs and prints its figures beside its reference', async (t) => {
  const { stdout } = await bench('--only', 'P5,P6,P8,P10,P13,Q1')
  const prints = (pattern: RegExp) => t.match(stdout, pattern)
  prints(/P5: \d+\.\d\d× PostgreSQL over the same lists, per core; goal ≥ 5×/)
  prints(/first run: 40 needs, [1-9]\d* pairs scored, [1-9]\d* rows written/)
  prints(/second run: 40 needs, [1-9]\d* pairs scored, 0 rows written/)
  prints(/P6: \d+\.\d\d× COPY of its rows, by processor time; goal ≤ 6×/)
  prints(/P8 a new need among technologies[^]*P8: \d+ pairs scored; goal ≤ 500[^]*P8: log-log slope of the time -?\d/)
  prints(/P8 a new technology among needs[^]*P8: \d+ pairs scored; goal ≤ 500[^]*P8: log-log slope of the time -?\d/)
  prints(/matcher with 400 technologies and 40 needs, after single runs: \d+ .*\n {2}P10: \d+ MB; goal ≤ 400 MB/)
  prints(/API after 2000 pages of its list, without embedded indexes: \d+ .*\n {2}P10: \d+ MB; goal ≤ 200 MB/)
  prints(/P13: \d+\.\d\d× COPY TO STDOUT, by elapsed time; goal ≤ 3×/)
  prints(/Q1 candidates on Meilisearch: left out/)
})

t.test('a part that is not there is refused before anything is measured', async (t) => {
  const refusal = await bench('--only', 'P5,P99').then(
    () => '',
    (error: { stderr: string }) => error.stderr
  )
  t.match(refusal, /There is no part P99; there are P1, P4, P5/)
})
