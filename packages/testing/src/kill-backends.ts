import postgres from 'postgres'

export type Victims = {
  /** Only connections of this application; default all but our own. */
  applicationName?: string
  /** Default: the database of the URL. */
  database?: string
  /** At most so many, chosen at random; default all. */
  atMost?: number
}

/** Cuts connections on the server's side, as an administrator or a crash would; gives how many. */
export async function killBackends(ownerUrl: string, { applicationName, database, atMost }: Victims = {}): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    const killed = await sql`
      select pg_terminate_backend(pid) from (
        select pid from pg_stat_activity
        where backend_type = 'client backend' and pid <> pg_backend_pid()
          and datname = coalesce(${database ?? null}, current_database())
          and (${applicationName ?? null}::text is null or application_name = ${applicationName ?? null})
        order by random() limit ${atMost ?? null}
      ) victims`
    return killed.length
  } finally {
    await sql.end()
  }
}
