import { now } from '#lib/clock.ts'
import { type Api, type ApiReply, AtsError, type AtsFailure } from '#lib/connectors/api.ts'
import type { Connector } from '#lib/connectors/contract.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { failpoint } from '#lib/failpoint.ts'
import { type KeptTokens, type Owned, proveTokens, readTokens } from './credentials.ts'
import type { Status } from './lease.ts'
import { lookAt } from './look.ts'
import { needReauth } from './need-reauth.ts'
import { type Refreshed, refresh } from './refresh.ts'

/** What an `Api` over a grant is made of. `make` gives one over an access token. */
export type Granted = {
  of: Owned
  tokens: KeptTokens
  connector: Connector
  statuses: readonly Status[]
  make: (access: Secret) => Api
}

/** The credential in use: a generation of tokens, and an `Api` with its access token in it. */
type Held = { generation: number; proven: boolean; api: Api }

/** What an ATS says to a token of a dead grant: it is not asked for that. */
const refused: ApiReply = { status: 401, headers: {}, json: undefined }

/**
 * An `Api` that keeps itself fresh: each call goes out with a token that is good now, fetched first where it has to be. A token that
 * is refused before its time is refreshed once; refused again, its grant is dead. Throws `AtsError` as every `Api`, also while
 * there is no token to be had, and where a refusal can be about the grant or not and nobody can be asked.
 */
export function tokenApi(granted: Granted): Api {
  let held = hold(granted, granted.tokens)
  const call = async (work: (api: Api) => Promise<ApiReply>): Promise<ApiReply> => {
    const fresh = await usable(granted, held)
    if (!fresh) return refused
    held = fresh
    const reply = await work(held.api)
    if (!saysDead(granted, reply)) return worked(granted, held, reply)
    if (!(await mayBeDead(granted, held))) return reply
    const next = await fetched(granted, held)
    if (!next) return refused
    held = next
    return settled(granted, held, await work(held.api))
  }
  return {
    origin: held.api.origin,
    request: request => call(api => api.request(request)),
    follow: url => call(api => api.follow(url)),
    rate: () => held.api.rate(),
  }
}

const hold = ({ make }: Granted, { generation, provenAt, access }: KeptTokens): Held => ({
  generation,
  proven: provenAt !== null,
  api: make(access),
})

/** A 401 that is not about a scope. */
const saysDead = ({ connector }: Granted, reply: ApiReply): boolean =>
  reply.status === 401 && connector.namesScope?.(reply) !== true

/**
 * Tokens that are good now, by the row: another process may have newer ones. Undefined where there is no grant any more, or nobody
 * may use it: it was deleted, or wants a person, while somebody was at work with it.
 */
async function usable(granted: Granted, held: Held): Promise<Held | undefined> {
  const look = await lookAt(granted.of)
  if (!look || !granted.statuses.includes(look.status)) return undefined
  const current = look.version === held.generation ? held : await newest(granted, held)
  return look.usable ? current : fetched(granted, current)
}

/** Newer tokens than these: somebody else's where there are some, else one refresh for all who want it. */
async function fetched(granted: Granted, held: Held): Promise<Held | undefined> {
  const { of, statuses } = granted
  const done = await refresh({ of, version: held.generation, statuses })
  if (done.kind === 'dead') return undefined
  if (done.kind === 'later') throw notNow(done)
  return hold(granted, done.tokens)
}

async function newest(granted: Granted, held: Held): Promise<Held> {
  const [tokens] = await readTokens(db(), granted.of)
  return tokens && tokens.generation !== held.generation ? hold(granted, tokens) : held
}

/** No token now says nothing about the grant: whoever asked comes back. */
function notNow({ problem, retryAt }: Extract<Refreshed, { kind: 'later' }>): AtsError {
  const failure = problem === 'limited' ? 'rate_limited' : 'ats_unavailable'
  const soon = retryAt ?? new Date(now().getTime() + 60_000)
  return new AtsError(failure, `no token: ${problem ?? 'none yet'}`, { retryAt: soon })
}

/**
 * Whether a 401 is answered by new tokens. Not where they are of the last minute and good elsewhere: an address that always answers so
 * must not have us refresh at each request.
 */
async function mayBeDead(granted: Granted, held: Held): Promise<boolean> {
  const look = await lookAt(granted.of)
  return !look?.young || look.version !== held.generation || isDead(granted, held)
}

/** The answer to the second try. 401 again, and nowhere else either: the grant is dead. */
async function settled(granted: Granted, held: Held, reply: ApiReply): Promise<ApiReply> {
  if (!saysDead(granted, reply)) return worked(granted, held, reply)
  if (await isDead(granted, held)) {
    await transaction(tx => needReauth(tx, granted.of, held.generation))
  }
  return reply
}

/** Failures of a probe that say nothing about the grant: whoever asked is told to come back, and is told of no refusal. */
const sayNothing: readonly AtsFailure[] = ['rate_limited', 'ats_unavailable', 'unexpected_answer']

/** One address may answer 401 for reasons of its own; the list of accounts is for whoever signed in. Throws where that cannot be told. */
async function isDead({ connector }: Granted, { api }: Held): Promise<boolean> {
  try {
    await connector.listAccounts(api)
    return false
  } catch (error) {
    if (error instanceof AtsError && !sayNothing.includes(error.failure))
      return error.failure === 'credential_refused'
    throw error
  }
}

/** The first answer that is well proves a new pair: the one before is needed no more. */
async function worked(granted: Granted, held: Held, reply: ApiReply): Promise<ApiReply> {
  if (reply.status < 200 || reply.status > 299 || held.proven) return reply
  held.proven = true
  await failpoint('pair_used')
  await proveTokens(db(), granted.of, held.generation)
  await failpoint('pair_proven')
  return reply
}
