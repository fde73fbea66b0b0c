import { workKinds, type WorkKind } from '@siku/contracts'
import { redriveWork, writeAudit } from '@siku/db'
import { defineCommand, usageError } from './command.ts'
import { commandLine, openDatabase } from './open-database.ts'
import { isUuid } from './uuid.ts'

export const command = defineCommand({
  summary: 'Un-parks work, so that it is tried again at once',
  options: {
    kind: { type: 'string', value: 'KIND', description: `One of ${workKinds.join(', ')}; all unless given` },
    record: { type: 'string', multiple: true, value: 'ID', description: 'Only this record' }
  },
  run: async ({ values, opened, out }) => {
    const kinds = values.kind === undefined ? workKinds : [kindOf(values.kind)]
    const wrong = values.record?.find((id) => !isUuid(id))
    if (wrong !== undefined) throw usageError(`--record takes the id of a record, a UUID; '${wrong}' is none.`)
    const here = await openDatabase({ opened })
    const actor = commandLine()
    const redriven = await here.connect('matching').withTx(actor, async (tx) => {
      let total = 0
      for (const kind of kinds) {
        const count = await redriveWork(tx, kind, values.record)
        if (count > 0) await writeAudit(tx, actor, { action: 'pipeline.redrive', detail: { kind, count } })
        total += count
      }
      return total
    })
    out(
      redriven === 0
        ? 'Nothing was parked that fits.'
        : `${redriven} pieces of work are due again; workers take them up at once where Siku runs.`
    )
  }
})

function kindOf(text: string): WorkKind {
  const found = workKinds.find((kind) => kind === text)
  if (!found) throw usageError(`--kind takes one of ${workKinds.join(', ')}; '${text}' is none of them.`)
  return found
}
