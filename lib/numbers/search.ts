import { type SQL, sql } from 'drizzle-orm'

/** A condition on numbers `n` and the users `u` who own them: label, owner or digits, however the digits are written. */
export function numbersLike(q: string): SQL {
  const like = `%${q
    .trim()
    .toLowerCase()
    .replace(/[\\%_]/g, '\\$&')}%`
  const words = sql`lower(n.label) like ${like} or lower(u.name) like ${like}`
  // A leading zero is the national form's; E.164 has the country's code in its place.
  const digits = q.replace(/\(0\)/g, '').replace(/\D/g, '').replace(/^0+/, '')
  const isNumber = digits.length >= 2 && /^[\d\s+()./-]+$/.test(q)
  return isNumber ? sql`(${words} or n.e164 like ${`%${digits}%`})` : sql`(${words})`
}
