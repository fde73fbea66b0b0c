import { addDays, shanghaiDay } from '@siku/library-kit'

const relativeDay = /^([+-]\d{1,5})d$/
const relativeInstant = /^([+-]\d{1,5})dT(\d{2}:\d{2})Z$/

/** Replaces `+120d` by the day that many days from today (Asia/Shanghai) and `-30dT09:00Z` by that hour of the day, at any depth. */
export function resolveDates(value: unknown, today: Date): unknown {
  if (typeof value === 'string') return resolveDate(value, today)
  if (Array.isArray(value)) return value.map((item) => resolveDates(item, today))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveDates(item, today)]))
}

function resolveDate(text: string, today: Date): string {
  const day = relativeDay.exec(text)
  if (day) return dayFrom(today, day[1])
  const instant = relativeInstant.exec(text)
  return instant ? `${dayFrom(today, instant[1])}T${instant[2]}:00.000Z` : text
}

const dayFrom = (today: Date, days: string | undefined): string => shanghaiDay(addDays(today, Number(days)))
