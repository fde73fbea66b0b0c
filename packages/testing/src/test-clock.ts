export type TestClock = {
  /** To be handed on as `now`. */
  now: () => Date
  set: (to: string | Date) => void
  advance: (by: { days?: number; hours?: number; minutes?: number; ms?: number }) => void
}

/** A clock that stands still until told otherwise. */
export function testClock(start: string | Date = '2027-03-01T08:00:00.000Z'): TestClock {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    set: (to) => {
      at = new Date(to).getTime()
    },
    advance: ({ days = 0, hours = 0, minutes = 0, ms = 0 }) => {
      at += ((days * 24 + hours) * 60 + minutes) * 60_000 + ms
    }
  }
}
