import { createHash } from 'node:crypto'

/** Workable's outward ids are the lower-case hex of the internal integer plus this (recorded, workable-api section 5). */
const OFFSET = 1234

/** Outward id of an internal integer: `toHex(656866723)` is `"27270275"`. */
export function toHex(id: number): string {
  return (id + OFFSET).toString(16)
}

/** Internal integer of an outward id, or null where the text is no such id. May be negative: no record has that. */
export function fromHex(text: string): number | null {
  return /^[0-9a-f]{1,12}$/.test(text) ? Number.parseInt(text, 16) - OFFSET : null
}

/** Ten upper-case hex digits, the same for the same seed and internal id, as a job's shortcode looks. */
export function shortcodeOf(seed: string, id: number): string {
  return createHash('sha256').update(`${seed}/shortcode/${id}`).digest('hex').slice(0, 10).toUpperCase()
}

/** A time as Workable writes it on jobs and candidates: `2026-07-23T19:21:06Z`. Input: milliseconds since 1970. */
export function toSecondsIso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** The same with milliseconds, as on `disqualified_at`: `2026-07-23T19:23:20.411Z`. */
export function toMillisIso(at: number): string {
  return new Date(at).toISOString()
}
