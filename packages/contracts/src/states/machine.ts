/** One line of a state table: in `from`, `event` by someone `who` may, if `guard` holds, leads to `to`. */
export type Transition<State extends string, Event extends string> = {
  from: readonly State[]
  event: Event
  to: State
  /** Action of the access table that decides who. */
  action: string
  guard?: string
}

/** The state an event leads to, or undefined where the table has no such line. */
export function nextState<S extends string, E extends string>(table: readonly Transition<S, E>[], from: S, event: E): S | undefined {
  return table.find((line) => line.event === event && line.from.includes(from))?.to
}

/** States an event may start from; the `where` of the statement that applies it. */
export function statesBefore<S extends string, E extends string>(table: readonly Transition<S, E>[], event: E): S[] {
  return table.filter((line) => line.event === event).flatMap((line) => [...line.from])
}

/** Events that the table allows in a state: what buttons and error sentences are made of. */
export function eventsIn<S extends string, E extends string>(table: readonly Transition<S, E>[], state: S): E[] {
  return [...new Set(table.filter((line) => line.from.includes(state)).map((line) => line.event))]
}
