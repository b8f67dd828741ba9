import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const secretBytes = 32
const checksumLength = 6

/** What a token is for, as its first characters: a scanner that finds one in the wild knows what it found. */
export type TokenPrefix = 'gws' | 'gwi' | 'gwr' | 'gwl'

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

// Lower-case hex: base64url could put an underscore there, and the token could no longer be cut into its three parts.
const checksumOf = (head: string): string => sha256(head).toString('hex').slice(0, checksumLength)

/**
 * A new token with 256 random bits: `<prefix>_<43 characters base64url>_<checksum>`. The prefixes: set-up, invitation, reset
 * of a password, link. Only its hash may be stored.
 */
export function newToken(prefix: TokenPrefix): string {
  const head = `${prefix}_${randomBytes(secretBytes).toString('base64url')}`
  return `${head}_${checksumOf(head)}`
}

/** Whether a text has a token's form and checksum. Says nothing about its being valid: it saves a look into the database. */
export function looksLikeToken(prefix: TokenPrefix, text: string): boolean {
  const head = text.slice(0, -(checksumLength + 1))
  return (
    /^[a-z]{3}_[\w-]{43}_[0-9a-f]{6}$/.test(text) &&
    head.startsWith(`${prefix}_`) &&
    text === `${head}_${checksumOf(head)}`
  )
}

/** 256 random bits in base64url, without prefix: a session's id, a state. */
export const newSecret = (): string => randomBytes(secretBytes).toString('base64url')

/** SHA-256 of a token, base64url: what is stored of a secret with 128 bits or more that is only ever compared. */
export const hashToken = (token: string): string => sha256(token).toString('base64url')

/** Whether two texts are equal, in a time that does not tell where they differ. */
export const sameText = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))

/** One key, one purpose: the closed list of what keys are derived for. */
export type Purpose =
  | 'gangway/fingerprint/v1'
  | 'gangway/cookie-binding/v1'
  | 'gangway/form-token/v1'
  | 'gangway/page-cursor/v1'

/** A key of 256 bits for one purpose out of a master secret, by HKDF-SHA-256 (RFC 5869) without salt. */
export const deriveKey = (master: Uint8Array, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', master, new Uint8Array(), purpose, 32))

/** HMAC-SHA-256 of a text under a derived key, base64url: tells whether two secrets are the same without keeping either. */
export const fingerprint = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text, 'utf8').digest('base64url')
