import { createSay, pickLocale, type Say } from '#lib/intl.ts'
import type { Reads } from '#lib/members/find-session.ts'

/** Speaks with one reader: in her stored language and zone, else in the browser's language and in UTC, which it then says. */
export const sayTo = (reads: Reads | undefined, accepted: string | null): Say =>
  createSay(pickLocale(reads?.locale ?? accepted ?? ''), reads?.timeZone ?? 'UTC')
