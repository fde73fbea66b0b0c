import type { ConfigRow } from '@siku/service-kit'

type Told = Partial<ConfigRow> & Pick<ConfigRow, 'name' | 'description'>

const row = (told: Told): ConfigRow => ({ type: 'string', required: false, default: null, example: null, ...told })

/** What the commands and docker-compose.yml read; the settings of services are schemas of their own. */
export const installationSettings: ConfigRow[] = [
  row({
    name: 'DATABASE_URL',
    type: 'URL',
    description:
      'PostgreSQL with the rights of its owner, for migrations and for `npm start`; without it the commands start one of their own',
    example: 'postgres://siku@postgres:5432/siku'
  }),
  row({ name: 'SIKU_DATA_DIR', default: '.data', description: 'Folder the commands keep database, secret and logs in' }),
  row({ name: 'POSTGRES_PASSWORD', description: 'Password of the owner, in `docker-compose.yml`' }),
  row({ name: 'REDIS_PASSWORD', description: 'Password of Redis, in `docker-compose.yml`' }),
  row({
    name: 'SIKU_PUBLISH',
    default: '127.0.0.1:8080',
    description: 'Address and port of this machine that `docker-compose.yml` opens the gateway at; put what ends TLS in front'
  }),
  row({
    name: 'SIKU_VERSION',
    description: 'Tag of the image that `docker-compose.yml` builds and runs; by default the version of this copy'
  }),
  row({ name: 'SIKU_SCALE', type: 'integer', default: '1', description: 'How many times larger than usual the tests of the harness are' }),
  row({
    name: 'SIKU_TEST_DATABASE_URL',
    type: 'URL',
    description: 'PostgreSQL server the tests make their databases on; without it they start one'
  })
]
