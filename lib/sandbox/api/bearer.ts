import { accessStatus, noteUse, pairByAccess } from '../oauth/pairs.ts'
import { personOf } from '../oauth/people.ts'
import type { Account, Member } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Scope } from '../scopes.ts'
import { presentedToken, presentedValue, tokenStatus } from '../tokens.ts'

/** Whoever presents a token that is alive, and the accounts that it reaches. */
export type Bearer = {
  tokenId: number
  scopes: readonly Scope[]
  /** A person's token reaches every account in which she is an active member; an account token the one that it is of. */
  reach: readonly { account: Account; member: Member | null }[]
  isPerson: boolean
}

/** Why a token is refused, with its id where it has one. */
export type DeadBearer = { tokenId: number | null; reason: 'unknown' | 'expired' | 'revoked' }

/** Finds out who presents the token of an `Authorization` header, and notes that it was used. */
export function bearerOf(sandbox: Sandbox, authorization: string | undefined): Bearer | DeadBearer {
  const { state } = sandbox
  const now = sandbox.now()
  const token = presentedToken(state, authorization)
  if (token === null) return personBearer(sandbox, presentedValue(authorization))
  const status = tokenStatus(token, now)
  if (status !== 'active') return { tokenId: token.id, reason: status }
  const account = state.accounts.get(token.accountId)
  if (account === undefined) return { tokenId: token.id, reason: 'unknown' }
  token.lastUsedAt = now
  const reach = [{ account, member: null }]
  return { tokenId: token.id, scopes: token.scopes, reach, isPerson: false }
}

function personBearer(sandbox: Sandbox, value: string | null): Bearer | DeadBearer {
  const { state } = sandbox
  const now = sandbox.now()
  const row = value === null ? null : pairByAccess(state, value)
  if (row === null) return { tokenId: null, reason: 'unknown' }
  const status = accessStatus(row, now)
  if (status !== 'active') return { tokenId: row.id, reason: status }
  if (noteUse(state, row, now)) sandbox.touched()
  const reach = personOf(state, row.email)?.memberships ?? []
  return { tokenId: row.id, scopes: row.scopes, reach, isPerson: true }
}
