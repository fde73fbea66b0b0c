import { journey } from '@siku/contracts'
import { tableOf } from '../command.ts'
import { embedderRow } from './examine-embedder.ts'
import type { Report, Server, Stages } from './report.ts'

/** The report in words. */
export function describeReport(report: Report): string[] {
  const { machine, server, roles, queue, search, embedder, stages, findings } = report
  const { dataFolder, door } = machine
  const free = dataFolder.freeGigabytes === null ? 'not there yet' : `${dataFolder.freeGigabytes} GB free`
  return [
    ...tableOf(
      [
        ['siku', `${machine.siku}, Node ${machine.node}, thesaurus ${machine.thesaurus}`],
        ['data folder', `${dataFolder.path} (${free})`],
        ['door', `${door.address} ${doorWords[door.state]}`],
        ...(server ? serverRows(server) : []),
        ...(roles.length > 0 ? [['roles', `${roles.filter(({ state }) => state === 'safe').length} of ${roles.length} safe`]] : []),
        ...(queue ? [['queue', `${queue.backend}${queue.answers ? '' : ', does not answer'}`]] : []),
        ...(search
          ? [['search', `${search.backend}${search.version ? ` ${search.version}` : ''}${search.answers ? '' : ', does not answer'}`]]
          : []),
        ...(embedder ? [embedderRow(embedder)] : [])
      ],
      ''
    ),
    ...(stages ? describeStages(stages) : []),
    '',
    ...(findings.length === 0
      ? ['Nothing is wrong.']
      : [
          `${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong:`,
          ...findings.flatMap(({ about, wrong, remedy }) => [`  ${about}: ${wrong}`, `    → ${remedy}`])
        ])
  ]
}

const doorWords = { answers: 'answers', free: 'is free: nothing runs there', taken: 'is taken by another program' }
const originWords = {
  given: 'as DATABASE_URL says',
  running: 'embedded, running',
  started: 'embedded, started for this look; nothing else runs on it'
}

function serverRows({ address, origin, postgresql, encoding, connections, migrations }: Server): string[][] {
  const { applied, pending, changed, unknown } = migrations
  const { max, reserved, wanted, inUse } = connections
  return [
    ['PostgreSQL', `${postgresql} at ${address}, ${encoding}, ${originWords[origin]}`],
    ['migrations', `${applied} applied, ${pending.length} pending, ${changed.length} changed, ${unknown.length} unknown`],
    ['connections', `${inUse} in use, ${wanted} at most wanted by Siku, ${max - reserved} let in`]
  ]
}

function describeStages({ work, published, indexIntents, matches, timers }: Stages): string[] {
  const open = work.reduce((total, line) => total + line.open, 0)
  const parked = work.reduce((total, line) => total + line.parked, 0)
  const intentsAge = indexIntents.count > 0 ? `oldest ${age(indexIntents.oldestSeconds)}` : ''
  return [
    '',
    'What stands at every stage:',
    ...tableOf([
      ...published.map(({ library, records, waiting }) => [
        `${nameOf(1)}: ${library}`,
        records,
        'published',
        waiting,
        'not yet numbered',
        ''
      ]),
      [`${nameOf(2)} and after`, open, 'open', parked, 'parked', ''],
      ...work.map(workRow),
      [`${nameOf(4)}: open writes`, indexIntents.count, 'open', '', '', intentsAge],
      ...matches.map(matchRow)
    ]),
    'Timers:',
    ...tableOf(timers.map(({ name, lastSuccessSecondsAgo, lastError }) => [name, sinceSuccess(lastSuccessSecondsAgo), lastError ?? '']))
  ]
}

const nameOf = (stage: number): string => `${stage} ${journey.find((line) => line.stage === stage)?.name ?? ''}`

const workRow = ({ kind, library, open, parked, oldestSeconds }: Stages['work'][number]): (string | number)[] => [
  `  ${kind} ${library}`,
  open,
  'open',
  parked,
  'parked',
  open > 0 ? `oldest ${age(oldestSeconds)}` : ''
]

const matchRow = ({ state, count, oldestSeconds }: Stages['matches'][number]): (string | number)[] => [
  `${nameOf(state === 'proposed' ? 6 : 7)}: ${state}`,
  count,
  'matches',
  '',
  '',
  `oldest ${age(oldestSeconds)}`
]

const sinceSuccess = (seconds: number | null): string => (seconds === null ? 'never ended well' : `${age(seconds)} ago`)

function age(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
}
