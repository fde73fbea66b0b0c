import { serviceNames } from '@siku/contracts'
import { testDatabase } from '@siku/testing'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import t from 'tap'
import { spawnBound } from '../dev/embedded/bound-process.ts'
import { freePort } from '../dev/embedded/free-port.ts'
import { postgresBinaries } from '../dev/embedded/postgres-binaries.ts'
import { endProcess, works } from '../dev/embedded/processes.ts'
import { root } from '../dev/embedded/run-typescript.mjs'
import { dockerEnvironment, toEnvFile } from '../docker/docker-environment.ts'
import { installationSettings } from '../generate/installation-settings.ts'
import { processConfigs } from '../generate/process-configs.ts'
import { withServices } from '../generate/service-documents.ts'
import {
  addressFaults,
  commandFaults,
  dependencyFaults,
  healthFaults,
  migrationFaults,
  requiredNames,
  serviceOf,
  settingFaults,
  type Fault
} from './compose/compose-rules.ts'
import { doorFaults, hardeningFaults, imageFaults, secretFaults } from './compose/container-rules.ts'
import { ignoreFaults, imageRecipeFaults } from './compose/image-rules.ts'
import { ownContainers, placeholdersOf, readCompose, type Compose } from './compose/read-compose.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const text = read('docker-compose.yml')
const { version, packageManager } = JSON.parse(read('package.json')) as { version: string; packageManager: string }
const values = dockerEnvironment('a secret of at least thirty-two characters')

/** One rule, and a change to the file that it must notice. */
type Rule = { name: string; judge: (compose: Compose) => Fault[]; spoil: [from: string | RegExp, to: string]; says: RegExp }

const rules: Rule[] = [
  {
    name: 'Every service and half runs in a container of its own, from a file that is there',
    judge: commandFaults,
    spoil: [
      'services/matching/dist/main.js]\n    environment: { <<: *matching, SIKU_ROLE: worker }',
      'services/matching/dist/worker.js]\n    environment: { <<: *matching, SIKU_ROLE: worker }'
    ],
    says: /^matching-worker starts services\/matching\/dist\/worker\.js, which is not there/
  },
  {
    name: 'Every process starts with the settings it is given: none unknown, none missing, none of the wrong form',
    judge: (compose) => settingFaults(compose, values),
    spoil: [/SIKU_JWKS_URL/, 'SIKU_JWKS_ADDRESS'],
    says: /^project-results-api sets SIKU_JWKS_ADDRESS, which is no setting/
  },
  {
    name: 'Addresses point at containers that listen there',
    judge: addressFaults,
    spoil: ['SIKU_MATCHING_URL: http://matching-api:8085', 'SIKU_MATCHING_URL: http://matching-api:8084'],
    says: /^gateway sets SIKU_MATCHING_URL to port 8084, but matching-api listens on 8085/
  },
  {
    name: 'What is waited for can tell that it is there',
    judge: dependencyFaults,
    spoil: ['matching-api: { condition: service_healthy }', 'matching-worker: { condition: service_healthy }'],
    says: /^gateway waits for the health of matching-worker, which has none/
  },
  {
    name: 'Whatever answers is asked for its health, and nothing else is',
    judge: healthFaults,
    spoil: ['  healthcheck: { disable: true }\n\nx-shared', '\nx-shared'],
    says: /^project-results-worker listens nowhere/
  },
  {
    name: 'Nothing of ours starts before the migrations have ended well',
    judge: migrationFaults,
    spoil: ['migrate: { condition: service_completed_successfully }', 'migrate: { condition: service_started }'],
    says: /^project-results-api does not wait/
  },
  {
    name: 'No secret stands in the file; each is asked for by name with a sentence',
    judge: secretFaults,
    spoil: [/MEILI_MASTER_KEY: .*/, 'MEILI_MASTER_KEY: masterKey0123456789'],
    says: /^meilisearch holds MEILI_MASTER_KEY as a value/
  },
  {
    name: 'Images are pinned, ours to the version of this copy',
    judge: (compose) => imageFaults(compose, version),
    spoil: ['redis:8.2-bookworm', 'redis:latest'],
    says: /^redis runs redis:latest/
  },
  {
    name: 'There is one door, and what holds data has no way out',
    judge: doorFaults,
    spoil: ['    shm_size: 256m', '    shm_size: 256m\n    ports: ["5432:5432"]'],
    says: /^postgres publishes a port/
  },
  {
    name: 'Containers give up what they do not need and get time to finish',
    judge: hardeningFaults,
    spoil: ['  read_only: true\n  tmpfs: [/tmp]\n  cap_drop', '  tmpfs: [/tmp]\n  cap_drop'],
    says: /^migrate may write to its image/
  }
]

for (const { name, judge, spoil, says } of rules) {
  t.test(name, async (t) => {
    t.same(judge(readCompose(text)), [])
    const spoilt = text.replace(...spoil)
    t.not(spoilt, text, 'the control changes the file')
    t.match(judge(readCompose(spoilt)).join('\n'), new RegExp(says.source, 'm'), 'control')
  })
}

t.test('Other ways to give a secret away would be told', async (t) => {
  const container = (environment: Record<string, string>): Compose => ({
    services: { x: { image: 'x:1.0', environment } },
    networks: {},
    volumes: {}
  })
  t.match(secretFaults(container({ DATABASE_URL: 'postgres://siku:hunter2@postgres:5432/siku' })).join(), /password in an address/)
  t.match(secretFaults(container({ SIKU_SECRET: '${SIKU_SECRET:-changeme}' })).join(), /default for the secret/)
  t.match(secretFaults(container({ SIKU_SECRET: '${SIKU_SECRET:?}' })).join(), /without a sentence/)
  t.match(secretFaults(container({ LOG_LEVEL: '${LOG_LEVEL}' })).join(), /without saying what holds/)
  t.same(secretFaults(container({ SIKU_OIDC_CLIENT_SECRET: '${SIKU_OIDC_CLIENT_SECRET:-}' })), [], 'one that may be absent is')
})

t.test('The file .env can give everything that is asked for, and every name is explained', async (t) => {
  const compose = readCompose(text)
  t.same(
    requiredNames(compose).filter((name) => values[name] === undefined),
    []
  )
  t.same(
    Object.keys(values).filter((name) => !requiredNames(compose).includes(name)),
    [],
    'and nothing that nobody asks for'
  )
  const explained = new Set([
    ...Object.values(processConfigs).flatMap((schema) => Object.keys(schema.properties)),
    ...installationSettings.map(({ name }) => name)
  ])
  t.same(
    [...new Set(placeholdersOf(text).map(({ name }) => name))].filter((name) => !explained.has(name)),
    []
  )
  t.match(toEnvFile(values), /^SIKU_SECRET=a secret/m)
  t.notMatch(toEnvFile({ ...values, SIKU_SECRET: '' }), /a secret of at least/, 'what is derived does not show the secret')
  t.not(dockerEnvironment('another secret of more than thirty-two characters').POSTGRES_PASSWORD, values.POSTGRES_PASSWORD)
})

t.test('The image is built and run as it should be', async (t) => {
  const [, pnpm = ''] = packageManager.split('@')
  const healthPaths = ['/health/live']
  const recipe = read('infra/docker/Dockerfile')
  t.same(imageRecipeFaults(recipe, { pnpm, healthPaths }), [])
  const spoilt = recipe
    .replace('USER node\n', '')
    .replace('/health/live', '/alive')
    .replace('pnpm@', 'pnpm@1.')
    .replaceAll('--frozen-lockfile', '')
  t.equal(imageRecipeFaults(spoilt, { pnpm, healthPaths }).length, 4, 'control')
  t.same(ignoreFaults(read('.dockerignore')), [])
  t.same(
    ignoreFaults('.git\n**/node_modules\n**/dist\n**/test\n**/*.tsbuildinfo\n.data\ninfra/*\n').length,
    6,
    'control: two secrets let in, four folders kept out'
  )
})

t.test('Every service answers at the paths the file counts on', async (t) => {
  await withServices(async (apps) => {
    for (const name of serviceNames) t.ok(apps[name].hasRoute({ method: 'GET', url: '/health/live' }), `${name} tells that it is alive`)
    t.notOk(apps.gateway.hasRoute({ method: 'GET', url: '/alive' }), 'control')
    for (const address of [...text.matchAll(/http:\/\/gateway:8080(\/\S*)/g)])
      t.ok(apps.gateway.hasRoute({ method: 'GET', url: address[1] ?? '' }), `${address[1]} is there`)
  })
})

t.test('PostgreSQL is set up like the embedded one', async (t) => {
  const arguments_ = readCompose(text).services.postgres?.environment?.POSTGRES_INITDB_ARGS ?? ''
  const told = Object.fromEntries([...arguments_.matchAll(/--([a-z-]+)=(\S+)/g)].map(([, name, value]) => [name, value]))
  const { ownerUrl } = await testDatabase(t)
  const sql = postgres(ownerUrl, { max: 1 })
  t.teardown(() => sql.end())
  const [database] =
    await sql`select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as "icuLocale", datctype as locale from pg_database where datname = current_database()`
  t.match(database, { encoding: told.encoding, provider: told['locale-provider'] === 'icu' ? 'i' : 'other', icuLocale: told['icu-locale'] })
  t.match(database?.locale, /utf-?8$/i)
  t.match(told.locale, /utf-?8$/i)
  const [server] = await sql`show server_version_num`
  t.match(readCompose(text).services.postgres?.image, new RegExp(`^postgres:${Math.floor(Number(server?.server_version_num) / 10_000)}\\.`))
})

t.test('PostgreSQL takes its configuration, and it has connections for every process', async (t) => {
  const { postgres: program } = await postgresBinaries()
  const folder = mkdtempSync(join(tmpdir(), 'siku-conf-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  // -C reads the whole file, refuses what it does not know, and starts nothing.
  const valueOf = (name: string, file = 'infra/postgres/postgresql.conf') =>
    execFileSync(program, ['-C', name, '-D', folder, '-c', `config_file=${join(root, file)}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    }).trim()
  t.equal(valueOf('synchronous_commit'), 'on')
  t.throws(() => valueOf('synchronous_commit', 'infra/redis/redis.conf'), 'control: a file it cannot read')
  const contactPool = 2
  const wanted = ownContainers(readCompose(text)).reduce((sum, [, { environment = {}, ...container }]) => {
    const service = serviceOf(container)
    const hasContacts = Object.keys(environment).some((name) => name.endsWith('_CONTACT_DATABASE_URL'))
    return service === undefined ? sum : sum + Number(environment.SIKU_POOL_SIZE) + (hasContacts ? contactPool : 0)
  }, 0)
  const reserved = 20
  t.ok(wanted > 50, `${wanted} are wanted`)
  t.ok(wanted + reserved <= Number(valueOf('max_connections')), 'and there are as many, and some for operators')
})

t.test(
  'Redis takes its configuration: nothing is evicted, what is written survives',
  { skip: !works(['redis-server', '--version']) && 'no redis-server here' },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'siku-redis-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    const port = await freePort()
    // The folder of the container is not on this machine.
    writeFileSync(join(folder, 'redis.conf'), read('infra/redis/redis.conf').replace('dir /data', `dir ${folder}`))
    const args = [join(folder, 'redis.conf'), '--port', String(port), '--bind', '127.0.0.1', '--requirepass', 'word']
    const server = await spawnBound('redis-server', args, {
      identity: { kind: 'self' },
      cwd: folder,
      env: { PATH: process.env.PATH },
      output: 'ignore'
    })
    t.teardown(() => endProcess(server.pid, ['SIGINT', 'SIGKILL'], 5_000))
    const connect = (options: { password?: string }) => {
      const redis = new Redis(port, '127.0.0.1', options)
      // Until the server listens, attempts to connect are refused.
      redis.on('error', () => undefined)
      t.teardown(() => redis.disconnect())
      return redis
    }
    const redis = connect({ password: 'word' })
    t.same(await redis.config('GET', 'maxmemory-policy'), ['maxmemory-policy', 'noeviction'])
    t.same(await redis.config('GET', 'appendonly'), ['appendonly', 'yes'])
    await t.rejects(connect({}).config('GET', 'appendonly'), /NOAUTH/, 'control: not without the password')
  }
)
