import type { Environment, Say } from '#lib/views.ts'

/** Fourteen days or fewer are soon (`product.md`). */
export const soonDays = 14

/** The ATS as it is called on a screen; its sandbox is never called by the name alone. */
export const atsName = (say: Say, of: { connector: string; environment: Environment }): string => {
  const name = say(`${of.connector}.name`)
  return of.environment === 'sandbox' ? say('connections.sandbox_name', { name }) : name
}

/** The time alone for today, else the day with it. */
export const when = (say: Say, at: Date, now: Date): string =>
  dayOf(say, at) === dayOf(say, now) ? say.time(at) : say.dateTime(at)

/** Days of the reader's calendar until a day, YYYY-MM-DD; negative when it has passed. */
export function daysUntil(say: Say, day: string, now: Date): number {
  return Math.round((Date.parse(day) - Date.parse(dayOf(say, now))) / (24 * 60 * 60 * 1000))
}

/** The day of a moment in the reader's zone, YYYY-MM-DD: Sweden writes days that way. */
const dayOf = (say: Say, at: Date): string =>
  new Intl.DateTimeFormat('sv', { timeZone: say.timeZone, dateStyle: 'short' }).format(at)
