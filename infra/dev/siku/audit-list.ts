import { sql } from 'drizzle-orm'
import { defineCommand, jsonOption, tableOf, usageError } from './command.ts'
import { commandLine, openDatabase } from './open-database.ts'
import { isUuid } from './uuid.ts'

type Line = {
  id: number
  at: string
  actorKind: string
  actorId: string
  action: string
  library: string | null
  recordId: string | null
  requestId: string | null
  detail: unknown
}

const shownDefault = 50
const shownMax = 10_000

export const command = defineCommand({
  summary: 'Shows who did what, newest first; it holds ids, never names',
  options: {
    record: { type: 'string', value: 'ID', description: 'Only what was done to one record' },
    actor: { type: 'string', value: 'ID', description: 'Only what one account, key or service did' },
    limit: { type: 'string', value: 'N', description: `Longest list; ${shownDefault} unless given` },
    json: jsonOption
  },
  run: async ({ values, opened, out }) => {
    if (values.record !== undefined && !isUuid(values.record))
      throw usageError(`--record takes the id of a record, a UUID; '${values.record}' is none.`)
    const limit = limitOf(values.limit)
    const here = await openDatabase({ opened })
    const lines = await here.connect('gateway').withRead(commandLine(), async (tx) => [
      ...(await tx.execute<Line>(sql`
        select id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_kind as "actorKind", actor_id as "actorId", action, library,
          record_id as "recordId", request_id as "requestId", detail
        from audit.entry
        where (${values.record ?? null}::uuid is null or record_id = ${values.record ?? null}::uuid)
          and (${values.actor ?? null}::text is null or actor_id = ${values.actor ?? null}::text)
        order by id desc limit ${limit}`))
    ])
    if (values.json) return out(JSON.stringify({ entries: lines }))
    if (lines.length === 0) return out('Nothing is recorded that fits.')
    for (const line of tableOf(
      lines.map((one) => [
        one.at,
        one.action,
        `${one.actorKind} ${one.actorId}`,
        one.library ?? '',
        one.recordId ?? '',
        JSON.stringify(one.detail)
      ]),
      ''
    ))
      out(line)
  }
})

export function limitOf(text: string | undefined, byDefault = shownDefault): number {
  const limit = text === undefined ? byDefault : Number(text)
  if (Number.isInteger(limit) && limit >= 1 && limit <= shownMax) return limit
  throw usageError(`--limit takes a whole number from 1 to ${shownMax}; '${text}' is none.`)
}
