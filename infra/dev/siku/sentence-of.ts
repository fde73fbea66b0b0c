const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'CONNECT_TIMEOUT', 'CONNECTION_CLOSED']
const notLetIn = ['28P01', '28000']
const sqlStateForm = /^[0-9A-Z]{5}$/

/** What went wrong, in words. A message of the database quotes the values it stumbled over, so of such only the code is told. */
export async function sentenceOf(error: unknown): Promise<string> {
  const { describeError, findCode } = await import('@siku/service-kit')
  const code = findCode(error) ?? ''
  if (unreachable.includes(code)) return `PostgreSQL cannot be reached (${code}). Is the address in DATABASE_URL right, and does it run?`
  if (notLetIn.includes(code)) {
    return 'PostgreSQL does not let Siku in: the password does not fit. Is SIKU_SECRET (or `secret` in the data folder) that of this database? `npm run siku -- migrate` sets the passwords anew.'
  }
  if (sqlStateForm.test(code)) return `PostgreSQL refused (${code}). Run again with LOG_LEVEL=debug to see where.`
  const { message } = describeError(error)
  return typeof message === 'string' ? message : error instanceof Error ? error.message : String(error)
}
