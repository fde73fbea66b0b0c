import { readCollection } from '../../eval/collection.ts'
import { describeEvaluation } from '../../eval/describe-evaluation.ts'
import { measure } from '../../eval/measure.ts'
import { rankCollection, type RankedCollection } from '../../eval/rank-collection.ts'
import { writeRun } from '../../eval/run-file.ts'
import { defineCommand, jsonOption, usageError } from './command.ts'

export const command = defineCommand({
  summary: 'Measures the matcher on a judged collection',
  follows: '<folder>',
  followsMax: 1,
  more:
    'The folder holds technologies.jsonl, demands.jsonl and qrels.tsv (need, technology, grade 0 to 3). Everything happens in process, on the texts\n' +
    'alone; no installation is touched. Exit code 0 whatever the score.',
  options: {
    distractors: {
      type: 'string',
      value: 'FILE',
      description: 'Texts to index beside the technologies, as noise (JSON lines with id, lang and text)'
    },
    now: {
      type: 'string',
      value: 'DATE',
      description: 'Day of the evaluation, YYYY-MM-DD; the first deadline of the collection unless given'
    },
    run: { type: 'string', value: 'FILE', description: 'Write the best 100 of each need, before the threshold, as a TREC run' },
    proposed: { type: 'string', value: 'FILE', description: 'Write the pairs above the threshold, in the same format' },
    'leave-out': {
      type: 'boolean',
      description: 'Take away from each need the technologies judged for it: whatever is proposed then is wrong'
    },
    json: jsonOption
  },
  run: async ({ values, positionals: [folder], out, say }) => {
    if (folder === undefined) throw usageError("'eval' takes the folder of a collection.")
    const { now } = values
    if (now !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(now) || Number.isNaN(Date.parse(now))))
      throw usageError(`--now takes a day such as 2027-01-31; '${now}' is none.`)
    const collection = readCollection(folder, { distractors: values.distractors })
    const ranked = rankCollection(collection, { now, leaveOut: values['leave-out'] ?? false, say })
    const evaluation = measure(ranked)
    if (values.run !== undefined)
      writeRun(
        values.run,
        ranked.demands.map(({ id, rankings }) => ({ id, ranking: rankings.siku }))
      )
    if (values.proposed !== undefined)
      writeRun(
        values.proposed,
        ranked.demands.map(({ id, proposed }) => ({ id, ranking: proposed }))
      )
    if (values.json) return out(JSON.stringify({ ...settingOf(ranked), ...evaluation }))
    for (const line of describeEvaluation(ranked, evaluation)) out(line)
  }
})

const settingOf = ({ demands, ...setting }: RankedCollection) => ({ needs: demands.length, ...setting })
