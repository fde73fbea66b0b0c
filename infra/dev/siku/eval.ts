import { embedderKinds } from '@siku/service-kit'
import { join } from 'node:path'
import { ablationNames, type AblationName } from '../../eval/ablations.ts'
import { readCollection } from '../../eval/collection.ts'
import { describeEvaluation } from '../../eval/describe-evaluation.ts'
import { measure } from '../../eval/measure.ts'
import { searchNames, type SearchName } from '../../eval/open-candidates.ts'
import { openEmbedder, type OpenEmbedder } from '../../eval/open-embedder.ts'
import { rankCollection, type RankedCollection } from '../../eval/rank-collection.ts'
import { writeRun } from '../../eval/run-file.ts'
import { chooseThemes } from '../../eval/themes.ts'
import { dataDir } from '../installation/data-dir.ts'
import { defineCommand, jsonOption, usageError } from './command.ts'

export const command = defineCommand({
  summary: 'Measures the matcher on a judged collection',
  follows: '<folder>',
  followsMax: 1,
  more:
    'The folder holds technologies.jsonl, demands.jsonl and qrels.tsv (need, technology, grade 0 to 3), and for dossiers projects.jsonl,\n' +
    'institutions.jsonl and dossier-qrels.tsv; a table of parallel texts (.tsv) is taken too. Everything happens in process, on the texts alone;\n' +
    'no installation is touched. Exit code 0 whatever the score.',
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
    themes: { type: 'string', value: 'A,B', description: "Only needs of these themes; 'held-out' stands for the third kept apart" },
    'without-themes': { type: 'string', value: 'A,B', description: "All needs but those of these themes, such as 'held-out'" },
    search: {
      type: 'string',
      value: 'NAME',
      description: `Where candidates come from: ${searchNames.join(' or ')} (a scratch index at MEILI_URL); embedded unless told`
    },
    embedder: { type: 'string', value: 'URL', description: 'Also rank by an embedder, alone and together with the concepts' },
    ablation: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      description: `Also rank with a part taken away: ${ablationNames.join(', ')}; may be repeated`
    },
    ablations: { type: 'boolean', description: 'All of them' },
    run: { type: 'string', value: 'FILE', description: 'Write the best 100 of each need, before the threshold, as a TREC run' },
    proposed: { type: 'string', value: 'FILE', description: 'Write the pairs above the threshold, in the same format' },
    'leave-out': {
      type: 'boolean',
      description: 'Take away from each need the technologies judged for it: whatever is proposed then is wrong'
    },
    json: jsonOption
  },
  run: async ({ values, positionals: [folder], opened, out, say }) => {
    if (folder === undefined) throw usageError("'eval' takes the folder of a collection.")
    const { now, search = 'embedded', embedder, distractors, themes, 'without-themes': withoutThemes } = values
    if (now !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(now) || Number.isNaN(Date.parse(now))))
      throw usageError(`--now takes a day such as 2027-01-31; '${now}' is none.`)
    if (!isSearchName(search)) throw usageError(`--search takes ${searchNames.join(' or ')}; '${search}' is neither.`)
    const ablations = values.ablations ? ablationNames : chosenAblations(values.ablation ?? [])
    const collection = chooseThemes(readCollection(folder, { distractors }), {
      themes: listOf(themes),
      withoutThemes: listOf(withoutThemes)
    })
    const { MEILI_URL, MEILI_KEY } = process.env
    const model = embedder === undefined ? undefined : opened.use('embedder', embedderAt(embedder, say))
    const ranked = await rankCollection(collection, {
      now,
      leaveOut: values['leave-out'] ?? false,
      search,
      meilisearch: MEILI_URL ? { url: MEILI_URL, key: MEILI_KEY || undefined } : undefined,
      ablations,
      embed: model?.embed,
      say
    })
    const evaluation = measure(ranked)
    if (values.run !== undefined)
      writeRun(
        values.run,
        ranked.demands.map(({ id, rankings }) => ({ id, ranking: rankings['siku'] ?? [] }))
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

const isSearchName = (name: string): name is SearchName => (searchNames as readonly string[]).includes(name)

function chosenAblations(names: readonly string[]): AblationName[] {
  const unknown = names.find((name) => !(ablationNames as readonly string[]).includes(name))
  if (unknown !== undefined) throw usageError(`--ablation takes one of ${ablationNames.join(', ')}; '${unknown}' is none.`)
  return ablationNames.filter((name) => names.includes(name))
}

/** What else the server needs to know stands in the settings that an installation has for it. */
function embedderAt(url: string, say: (line: string) => void): OpenEmbedder {
  if (!URL.canParse(url)) throw usageError(`--embedder takes an address such as http://127.0.0.1:8080; '${url}' is none.`)
  const { EMBEDDER_KIND, EMBEDDER_MODEL: model, EMBEDDER_KEY: key } = process.env
  const kind = embedderKinds.find((known) => known === EMBEDDER_KIND)
  if (EMBEDDER_KIND && !kind) throw usageError(`EMBEDDER_KIND is ${embedderKinds.join(' or ')}; '${EMBEDDER_KIND}' is neither.`)
  const cacheFile = join(dataDir(), 'eval', 'vectors.jsonl')
  return openEmbedder({ url, kind, model: model || undefined, key: key || undefined, cacheFile, say })
}

const listOf = (names: string | undefined): string[] | undefined =>
  names
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean)

const settingOf = ({ demands, dossiers: _dossiers, ...setting }: RankedCollection) => ({ needs: demands.length, ...setting })
