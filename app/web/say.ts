import { createSay, pickLocale, pickRegion, type Say } from '#lib/intl.ts'
import type { Reads } from '#lib/members/find-session.ts'

/**
 * Speaks with one reader: in her stored language and zone, else in the browser's language and in UTC, which it then says.
 * How dates and numbers look is the browser's word.
 */
export function sayTo(reads: Reads | undefined, accepted: string | null): Say {
  const locale = pickLocale(reads?.locale ?? accepted ?? '')
  return createSay(locale, reads?.timeZone ?? 'UTC', pickRegion(locale, accepted ?? ''))
}
