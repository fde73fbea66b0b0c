import {
  BaseConfig,
  createLogger,
  databaseSetting,
  describeConfig,
  findDatabaseProblem,
  openedThings,
  readConfig,
  serviceConfig,
  StartError,
  type Environment
} from '@siku/service-kit'
import { untilTrue } from '@siku/testing'
import { DrizzleQueryError } from 'drizzle-orm'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { Type } from 'typebox'

const Config = serviceConfig('matching', {
  SIKU_QUIET_BELOW: Type.Number({ minimum: 0, maximum: 1, default: 0.5, description: 'Score below which nothing is proposed' }),
  SIKU_MATCH_SECRET: Type.String({ minLength: 32, description: 'Secret of the organisation keys', examples: ['made by `siku env init`'] })
})
const fine = { SIKU_MATCHING_DATABASE_URL: 'postgres://a@localhost/siku', SIKU_MATCH_SECRET: 'x'.repeat(32) }

function refusal(env: Environment): string {
  try {
    readConfig(Config, env)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return ''
}

t.test('settings', async (t) => {
  t.test('are read with their types, and defaults for what is absent or empty', (t) => {
    const config = readConfig(Config, {
      ...fine,
      SIKU_PORT: '8080',
      SIKU_QUIET_BELOW: '0.25',
      SIKU_FOLLOW_PARENT: 'true',
      REDIS_URL: '',
      PATH: '/bin'
    })
    t.match(config, {
      SIKU_PORT: 8080,
      SIKU_QUIET_BELOW: 0.25,
      SIKU_FOLLOW_PARENT: true,
      SIKU_ROLE: 'all',
      SIKU_HOST: '127.0.0.1',
      LOG_LEVEL: 'info'
    })
    t.notOk('REDIS_URL' in config)
    t.notOk('PATH' in config)
    t.end()
  })

  const refused: [what: string, env: Environment, sentence: RegExp][] = [
    [
      'a missing one',
      { SIKU_MATCH_SECRET: 'x'.repeat(32) },
      /SIKU_MATCHING_DATABASE_URL is missing: PostgreSQL of matching.*such as postgres:\/\/siku_matching@/
    ],
    ['text for a number', { ...fine, SIKU_PORT: '80a' }, /SIKU_PORT must be an integer: Port to listen on/],
    ['a number in other notations', { ...fine, SIKU_PORT: '0x50' }, /SIKU_PORT must be an integer/],
    ['a number out of range', { ...fine, SIKU_PORT: '70000' }, /SIKU_PORT must be at most 65535/],
    ['a fraction for an integer', { ...fine, SIKU_PORT: '80.5' }, /SIKU_PORT must be an integer/],
    ['yes for true', { ...fine, SIKU_FOLLOW_PARENT: 'yes' }, /SIKU_FOLLOW_PARENT must be true or false/],
    ['an unknown choice', { ...fine, SIKU_ROLE: 'both' }, /SIKU_ROLE must be one of api, worker, all/],
    ['an address that is none', { ...fine, REDIS_URL: 'redis' }, /REDIS_URL must be an absolute URI.*such as redis:\/\/redis:6379/],
    ['a misspelt name', { ...fine, SIKU_PROT: '80' }, /SIKU_PROT is not a setting of this process; did you mean SIKU_PORT\?/],
    ['an unknown name', { ...fine, SIKU_FROBNICATE_ALL: '1' }, /SIKU_FROBNICATE_ALL is not a setting of this process; remove it/]
  ]
  for (const [what, env, sentence] of refused) {
    t.test(`refuse ${what}, and say what would be right`, (t) => {
      t.match(refusal(env), sentence)
      t.end()
    })
  }

  t.test('name everything that is wrong at once and repeat no value, which may be a secret', (t) => {
    const message = refusal({ SIKU_MATCH_SECRET: 'hunter2', SIKU_PORT: 'hunter3', SIKU_ROLE: 'hunter4' })
    t.match(message, /SIKU_MATCHING_DATABASE_URL is missing/)
    t.match(message, /SIKU_MATCH_SECRET must be at least 32 characters/)
    t.match(message, /SIKU_PORT/)
    t.notMatch(message, /hunter/)
    t.end()
  })

  t.test('of another process in a shared environment are passed over when they are known', (t) => {
    t.doesNotThrow(() => readConfig(Config, { ...fine, SIKU_GATEWAY_DATABASE_URL: 'x' }, { alsoKnown: [databaseSetting('gateway')] }))
    t.end()
  })

  t.test('describe themselves for the environment page', (t) => {
    const rows = describeConfig(Config)
    t.strictSame(
      rows.find(({ name }) => name === 'SIKU_PORT'),
      {
        name: 'SIKU_PORT',
        type: 'integer',
        required: false,
        default: '0',
        example: null,
        description: 'Port to listen on; 0 takes a free one'
      }
    )
    t.match(
      rows.find(({ name }) => name === 'SIKU_MATCHING_DATABASE_URL'),
      { type: 'URL', required: true }
    )
    t.match(
      rows.find(({ name }) => name === 'SIKU_ROLE'),
      { type: 'api | worker | all', default: 'all' }
    )
    t.ok(
      [...rows, ...describeConfig(BaseConfig)].every(({ description }) => description.length > 10),
      'none without a description'
    )
    t.end()
  })
})

t.test('a log line holds listed fields and errors without values', (t) => {
  const lines: string[] = []
  const log = createLogger({
    name: 'test',
    destination: new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) })
  })
  const driver = Object.assign(new Error('Key (mail)=(canary) already exists'), {
    code: '23505',
    constraint_name: 'user_mail',
    detail: 'canary'
  })
  const wrapped = new DrizzleQueryError('insert into users values ($1)', ['canary'], driver)
  log.info({ event: 'x', body: 'canary', headers: { authorization: 'canary' }, recordId: 'r1' }, 'kept')
  log.error({ err: wrapped })
  log.error(wrapped)
  log.error({ err: wrapped }, wrapped.message)
  log.error({ err: new SyntaxError('Unexpected token in "canary"') })
  log.warn({ err: { name: 'Error', message: 'refused', code: 'ECONNREFUSED' } }, 'cut down by its sender')
  t.notMatch(lines.join(''), /canary/)
  t.match(JSON.parse(lines[0] ?? ''), {
    service: 'test',
    level: 'info',
    event: 'x',
    recordId: 'r1',
    dropped: ['body', 'headers'],
    msg: 'kept'
  })
  t.match(JSON.parse(lines[1] ?? ''), { err: { sqlState: '23505', constraint: 'user_mail', frames: Array } })
  t.match(JSON.parse(lines[5] ?? ''), { err: { code: 'ECONNREFUSED', message: 'refused' } })
  t.end()
})

t.test('a database error tells the caller what to do', (t) => {
  const coded = (code: string) => new DrizzleQueryError('select 1', [], Object.assign(new Error('x'), { code }))
  const lines: [code: string, writing: boolean, status: number, problem: string][] = [
    ['22001', true, 400, 'SIKU_DATABASE_VALUE_REFUSED'],
    ['22021', false, 400, 'SIKU_DATABASE_VALUE_REFUSED'],
    ['23502', true, 400, 'SIKU_DATABASE_VALUE_REFUSED'],
    ['23503', true, 409, 'SIKU_DATABASE_REFERENCE_MISSING'],
    ['23505', true, 409, 'SIKU_DATABASE_VALUE_TAKEN'],
    ['40001', true, 503, 'SIKU_DATABASE_BUSY'],
    ['40P01', true, 503, 'SIKU_DATABASE_BUSY'],
    ['55P03', true, 503, 'SIKU_DATABASE_BUSY'],
    ['53300', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['57014', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['57P01', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['08006', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['ECONNREFUSED', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['SIKU_DB_LEASE_BROKEN', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['SIKU_DB_POOL_EXHAUSTED', true, 503, 'SIKU_DATABASE_UNAVAILABLE'],
    ['SIKU_DB_COMMIT_UNKNOWN', true, 503, 'SIKU_DATABASE_OUTCOME_UNKNOWN'],
    ['CONNECTION_CLOSED', true, 503, 'SIKU_DATABASE_OUTCOME_UNKNOWN'],
    ['ECONNRESET', true, 503, 'SIKU_DATABASE_OUTCOME_UNKNOWN'],
    ['CONNECTION_CLOSED', false, 503, 'SIKU_DATABASE_UNAVAILABLE']
  ]
  for (const [code, writing, status, problem] of lines) {
    const found = findDatabaseProblem(coded(code), writing)
    t.strictSame([found?.status, found?.code], [status, problem], `${code} while ${writing ? 'writing' : 'reading'}`)
    t.equal(found?.details.retryAfterSeconds !== undefined, status === 503)
  }
  t.equal(findDatabaseProblem(coded('42P01'), true), undefined, 'a missing table is our fault and no answer of its own')
  t.equal(findDatabaseProblem(new Error('x'), true), undefined)
  t.end()
})

t.test('what is opened is closed in reverse order, once, and past a failure', async (t) => {
  const closed: string[] = []
  const opened = openedThings(createLogger({ name: 'test', level: 'silent' }))
  for (const name of ['database', 'queue', 'service']) {
    opened.use(name, {
      close: async () => {
        closed.push(name)
        if (name === 'queue') throw new Error('stuck')
      }
    })
  }
  await Promise.all([opened.close(), opened.close()])
  t.strictSame(closed, ['service', 'queue', 'database'])
  t.throws(() => opened.use('late', { close: () => closed.push('late') }), { code: 'SIKU_KIT_CLOSING' })
  t.strictSame(closed.at(-1), 'late', 'what comes late is closed at once')
})

t.test('a process', async (t) => {
  const program = fileURLToPath(new URL('./support/process.ts', import.meta.url))
  const start = (mode: string, through: 'directly' | 'a parent' = 'directly') => {
    const own = ['--import', 'tsx', '--conditions=siku-src', program, mode]
    const child =
      through === 'directly'
        ? spawn(process.execPath, own, { stdio: ['ignore', 'pipe', 'ignore'] })
        : spawn('sh', ['-c', `"$0" "$@" & echo "pid $!"; wait`, process.execPath, ...own], { stdio: ['ignore', 'pipe', 'ignore'] })
    const output = { text: '' }
    child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()))
    t.teardown(() => child.kill('SIGKILL'))
    return { child, output, said: (word: string) => untilTrue(() => output.text.includes(word), { what: word, timeoutMs: 15_000 }) }
  }
  const closing = /closed the later thing\nclosed the first thing\n/

  t.test('closes everything on SIGTERM and leaves with 0', async (t) => {
    const { child, output, said } = start('serve')
    await said('open')
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    t.equal(code, 0)
    t.match(output.text, closing)
  })

  t.test('that cannot open closes what it has and leaves with 1', async (t) => {
    const { child, output } = start('fail')
    const [code] = await once(child, 'close')
    t.equal(code, 1)
    t.match(output.text, closing)
  })

  t.test('that follows its parent stops when the parent is killed', async (t) => {
    const { child, output, said } = start('follow', 'a parent')
    await said('open')
    const pid = Number(/pid (\d+)/.exec(output.text)?.[1])
    child.kill('SIGKILL')
    await said('closed the first thing')
    t.match(output.text, closing)
    await untilTrue(() => !isAlive(pid), { what: 'the end of the process' })
  })
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
