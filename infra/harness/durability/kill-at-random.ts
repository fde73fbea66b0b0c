import { setTimeout as delay } from 'node:timers/promises'
import type { Victim } from './scene.ts'

/** One kill that was done: who, and whether the load was still running then. */
export type Kill = { victim: string; at: number; underLoad: boolean; error?: string }

export type KillOptions = { victims: readonly Victim[]; kills: number; everyMs: number; random: () => number; isLoaded: () => boolean }

/** Kills so many victims, each at least once if there are enough kills, the rest at random, while the load runs. */
export async function killAtRandom({ victims, kills, everyMs, random, isLoaded }: KillOptions): Promise<Kill[]> {
  const done: Kill[] = []
  const order = shuffled(victims, random)
  for (let index = 0; index < kills && isLoaded(); index++) {
    const victim = order[index] ?? victims[Math.floor(random() * victims.length)]
    if (!victim) break
    const kill: Kill = { victim: victim.name, at: performance.now(), underLoad: isLoaded() }
    await victim.kill().catch((error: unknown) => (kill.error = String(error)))
    done.push(kill)
    await delay(everyMs * (0.5 + random()))
  }
  return done
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
