import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { TestingError } from './errors.ts'
import type { Teardown } from './teardown.ts'

/** Password of every service role in a test server; roles belong to the server, not to one database. */
export const testRolePassword = 'siku-test'

export type TestDatabase = {
  name: string
  /** The owner's URL, who may do everything. */
  ownerUrl: string
  url: string
  /** The URL of a service role, as a service would log in. */
  urlFor: (role: string) => string
}

/** A fresh copy of the migrated template (about 20 ms), dropped when the test ends. */
export async function testDatabase(t: Teardown): Promise<TestDatabase> {
  const { serverUrl, template, problem } = readEnvironment()
  if (problem) throw new TestingError('SIKU_TESTING_NOT_MIGRATED', `The template database could not be migrated: ${problem}`)
  return copyOf(template, { t, serverUrl })
}

/** A database with nothing in it, for tests of the migrations themselves. */
export async function emptyDatabase(t: Teardown): Promise<TestDatabase> {
  return copyOf('template0', { t, serverUrl: readEnvironment().serverUrl })
}

async function copyOf(template: string, { t, serverUrl }: { t: Teardown; serverUrl: string }): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await onServer(serverUrl, `create database ${name} template ${template}`)
  t.teardown(() => onServer(serverUrl, `drop database if exists ${name} with (force)`))
  const ownerUrl = urlOf(serverUrl, { database: name })
  return { name, ownerUrl, url: ownerUrl, urlFor: (role) => urlOf(serverUrl, { database: name, role }) }
}

function readEnvironment(): { serverUrl: string; template: string; problem: string | undefined } {
  const { SIKU_TEST_DATABASE_URL: serverUrl, SIKU_TEST_TEMPLATE: template = '', SIKU_TEST_TEMPLATE_PROBLEM: problem } = process.env
  if (serverUrl && (template || problem)) return { serverUrl, template, problem }
  throw new TestingError('SIKU_TESTING_NO_DATABASE', 'There is no test server; run the file with `node infra/dev/test.mjs <file>`')
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

function urlOf(serverUrl: string, { database, role }: { database: string; role?: string }): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  if (role) {
    url.username = role
    url.password = testRolePassword
  }
  return url.href
}
