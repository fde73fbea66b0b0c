import { impactsOf, type MatchSide } from '@siku/matcher'
import type { Scorer } from '@siku/matching'
import type postgres from 'postgres'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What a need asks for in lists: with what lies near its concepts and its topics, as our own lists are, or only what it names. */
export type Asking = 'near' | 'named'

export type SqlMatching = {
  /** Sums weight × weight over the lists and gives the best of every need; how many rows that are. */
  run: (needs: readonly number[], asking: Asking) => Promise<number>
  close: () => Promise<void>
}

export type SqlMatchingInput = { needs: readonly MatchSide[]; technologies: readonly MatchSide[]; scorer: Scorer; places: number }

/** The sum over shared concepts as a database does it: postings in a table, in the order of their lists, read through a covering index. */
export async function openSqlMatching(
  owner: postgres.Sql,
  { needs, technologies, scorer, places }: SqlMatchingInput
): Promise<SqlMatching> {
  const lists = new Map<string, number>()
  const listOf = ({ kind, id }: { kind: string; id: string }): number => {
    const key = `${kind} ${id}`
    const known = lists.get(key) ?? lists.size
    lists.set(key, known)
    return known
  }
  await owner.unsafe(`drop schema if exists bench cascade; create schema bench;
    create table bench.posting (list int not null, technology int not null, weight real not null);
    create table bench.asked (asking text not null, need int not null, list int not null, weight real not null)`)
  await fill(owner, 'bench.posting', function* () {
    for (const [number, side] of technologies.entries()) {
      for (const impact of impactsOf(side)) yield [listOf(impact), number, impact.weight]
    }
  })
  await fill(owner, 'bench.asked', function* () {
    for (const [number, side] of needs.entries()) {
      for (const asked of scorer.askedImpacts('demand', side)) yield ['near', number, listOf(asked), asked.weight]
      for (const impact of impactsOf(side)) {
        if (impact.kind === 'concept') yield ['named', number, listOf(impact), impact.weight]
      }
    }
  })
  await owner.unsafe(`create index posting_list on bench.posting (list, technology) include (weight);
    cluster bench.posting using posting_list; create index asked_need on bench.asked (asking, need) include (list, weight);
    set max_parallel_workers_per_gather = 0; set work_mem = '256MB'`)
  await owner.unsafe('vacuum analyze bench.posting, bench.asked')
  return {
    run: async (wanted, asking) => {
      const rows = await owner`
        select count(*)::int as count from (
          select need, technology, score, row_number() over (partition by need order by score desc, technology) as place
          from (
            select a.need, p.technology, sum(a.weight * p.weight) as score from bench.asked a join bench.posting p on p.list = a.list
            where a.asking = ${asking} and a.need in ${owner(wanted as number[])} group by a.need, p.technology) summed
        ) ranked where place <= ${places}`
      return (rows[0] as { count: number }).count
    },
    close: async () => void (await owner.unsafe('drop schema bench cascade; reset max_parallel_workers_per_gather; reset work_mem'))
  }
}

type Row = readonly (string | number)[]

async function fill(owner: postgres.Sql, table: string, rows: () => Iterable<Row>): Promise<void> {
  const lines = function* () {
    for (const row of rows()) yield `${row.join('\t')}\n`
  }
  await pipeline(Readable.from(lines()), await owner.unsafe(`copy ${table} from stdin`).writable())
}
