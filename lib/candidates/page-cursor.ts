import { deriveKey, fingerprint, sameText } from '#lib/crypto/tokens.ts'
import { env } from '#lib/env.ts'

/**
 * The ATS's cursor is an address of its own, and whoever could change it would read with our key what is not this job's. So it
 * goes to the browser with a mark that only we can make, and only for the link that it belongs to.
 */
const markOf = (linkId: string, next: string): string =>
  fingerprint(deriveKey(Buffer.from(env().AUTH_SECRET), 'gangway/page-cursor/v1'), `${linkId} ${next}`)

/** The cursor of a next page as it may stand in an address. */
export const giveCursor = (linkId: string, next: string): string =>
  `${Buffer.from(next).toString('base64url')}.${markOf(linkId, next)}`

/** The ATS's cursor out of an address; undefined for one that we did not give for this link. */
export function takeCursor(linkId: string, given: string): string | undefined {
  const [encoded = '', mark = '', ...more] = given.split('.')
  const next = Buffer.from(encoded, 'base64url').toString('utf8')
  return more.length === 0 && sameText(mark, markOf(linkId, next)) ? next : undefined
}
