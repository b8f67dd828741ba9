import { Secret } from '#lib/crypto/secret.ts'
import { invalid, type Problems } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'

/** A client as somebody entered it. */
export type ClientFields = { clientId: string; secret: Secret; lastFour: string }

const maxBytes = 1024
/** What client ids and secrets are made of (RFC 6749, Appendix A.1 and A.2), without the space, which is a slip of the hand. */
const visible = /^[\x21-\x7e]+$/

/**
 * Reads `client_id` and `client_secret` as they were pasted: white space around them is none of theirs. Throws `invalid` with the
 * mistake at its field; no message holds what was typed. `redirectUri` is what else was there to be copied.
 */
export function parseClient(fields: Fields, redirectUri: string): ClientFields {
  const [clientId, secret] = [fields.client_id?.trim() ?? '', fields.client_secret?.trim() ?? '']
  const problems: Problems = {}
  const wrongId = problemOf(clientId, redirectUri)
  const wrongSecret = problemOf(secret, redirectUri) ?? (secret === clientId ? 'same' : undefined)
  if (wrongId) problems.client_id = said(wrongId)
  if (wrongSecret) problems.client_secret = said(wrongSecret)
  if (wrongId || wrongSecret) throw invalid(problems)
  return { clientId, secret: new Secret(secret), lastFour: lastFourOf(secret) }
}

/** What of a secret is shown later; nothing of one that is so short that it would be half of it. */
export const lastFourOf = (secret: string): string => (secret.length < 12 ? '' : secret.slice(-4))

/** Whether what stands in `client_id` may be shown again: not where the secret was pasted there too. */
export const mayShowId = (fields: Fields): boolean =>
  !fields.client_secret || !(fields.client_id ?? '').includes(fields.client_secret.trim())

type Wrong = 'empty' | 'long' | 'address' | 'space' | 'characters' | 'same'

function problemOf(text: string, redirectUri: string): Wrong | undefined {
  if (text === '') return 'empty'
  if (Buffer.byteLength(text) > maxBytes) return 'long'
  if (text === redirectUri || /^https?:\/\//i.test(text)) return 'address'
  if (/\s/.test(text)) return 'space'
  return visible.test(text) ? undefined : 'characters'
}

const said = (wrong: Wrong) => ({ key: `partner.oauth.problems.${wrong}` })
