import { languages, type Language } from '@siku/contracts'
import { getDossier, renderDossierPage, type Dossier } from '@siku/matching'
import { newId } from '@siku/service-kit'
import { thesaurusInForce } from './thesaurus-in-force.ts'
import { sql } from 'drizzle-orm'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { dossierLines, paperOf } from '../demo/dossier-lines.ts'
import { CommandError, defineCommand, jsonOption, usageError } from './command.ts'
import { commandLine, openDatabase, type Here } from './open-database.ts'
import { isUuid } from './uuid.ts'

export const command = defineCommand({
  summary: 'Shows the dossier of a demand: its technologies with evidence in both languages, precedents and institutions',
  follows: 'DEMAND',
  followsMax: 1,
  more: 'DEMAND is the id of a demand or its reference, such as TR-KZ-20270201-3. The page needs nothing but itself: no network, no script.',
  options: {
    lang: {
      type: 'string',
      value: 'LANGUAGE',
      description: `Language of labels and sentences, one of ${languages.join(', ')}; en unless given`
    },
    html: { type: 'string', value: 'FILE', description: 'Write it as a page of its own' },
    json: jsonOption
  },
  run: async ({ values, positionals: [asked], opened, out }) => {
    if (asked === undefined) throw usageError("'dossier' needs the id or the reference of a demand.")
    const language = languageOf(values.lang ?? 'en')
    const here = await openDatabase({ opened })
    const demandId = await demandIdOf(here, asked)
    const ctx = { db: here.connect('matching'), actor: commandLine(), requestId: newId() }
    const dossier = await getDossier(ctx, { demandId, language, thesaurus: await thesaurusInForce(here) }).catch((error: unknown) => {
      throw (error as { status?: number }).status === 404 ? noSuchDemand(asked) : error
    })
    if (values.html !== undefined) {
      const file = resolve(values.html)
      writeFileSync(file, renderDossierPage(dossier, language))
      if (!values.json) return out(`Written: ${file}`)
    }
    for (const line of values.json ? [JSON.stringify(dossier)] : linesOf(dossier)) out(line)
  }
})

const linesOf = (dossier: Dossier): string[] => dossierLines(dossier, paperOf(process.stdout))

function languageOf(text: string): Language {
  const found = languages.find((language) => language === text)
  if (!found) throw usageError(`--lang takes one of ${languages.join(', ')}; '${text}' is none of them.`)
  return found
}

async function demandIdOf(here: Here, asked: string): Promise<string> {
  if (isUuid(asked)) return asked
  const rows = await here.connect('matching').withRead(commandLine(), (tx) =>
    tx.execute<{ id: string }>(sql`
      select id from published.document where library = 'cooperation-demand' and text ->> 'reference' = ${asked} limit 1`)
  )
  const [found] = [...rows]
  if (!found) throw noSuchDemand(asked)
  return found.id
}

const noSuchDemand = (asked: string): CommandError =>
  new CommandError('SIKU_COMMAND_NO_DEMAND', `There is no published demand ${asked}; it takes the id or the reference of one.`)
