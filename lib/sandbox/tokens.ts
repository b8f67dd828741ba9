import { randomBytes } from 'node:crypto'
import type { Member, Token } from './records.ts'
import type { Scope } from './scopes.ts'
import { keep, nextId, type State } from './state.ts'

const DAY = 86_400_000

/** The expiries of the back office's drop-down, in its order, in days. */
export const expiries = [
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 182, label: '6 months' },
  { days: 365, label: '1 year' },
  { days: 730, label: '2 years' },
] as const

/** Makes an account token: 43 characters of base64url, as recent ones look. `expiresAt` in ms, null for never. */
export function mintToken(
  state: State,
  wanted: {
    accountId: number
    member: Member | null
    name: string
    scopes: Scope[]
    expiresAt: number | null
    now: number
  },
): Token {
  return keep(state.tokens, {
    id: nextId(state, 'tokens'),
    accountId: wanted.accountId,
    memberId: wanted.member?.id ?? null,
    name: wanted.name,
    value: randomBytes(32).toString('base64url'),
    scopes: wanted.scopes,
    createdAt: wanted.now,
    expiresAt: wanted.expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  })
}

/** When a token of so many days ends. */
export function expiryAfter(now: number, days: number): number {
  return now + days * DAY
}

/** What a token is good for at `now`. */
export function tokenStatus(token: Token, now: number): 'active' | 'expired' | 'revoked' {
  if (token.revokedAt !== null) return 'revoked'
  return token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'active'
}

/** The token of an `Authorization: Bearer …` header, or null. A token in the address is not looked at. */
export function presentedToken(state: State, authorization: string | undefined): Token | null {
  const value = presentedValue(authorization)
  if (value === null) return null
  for (const token of state.tokens.values()) if (token.value === value) return token
  return null
}

/** What stands in an `Authorization: Bearer …` header, or null. */
export function presentedValue(authorization: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1] ?? null
}
