import type { UserActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tokens } from '#lib/connections/credentials.ts'
import { db, transaction } from '#lib/db/client.ts'
import { GangwayError } from '#lib/errors.ts'
import { keepGrant } from '#lib/link-sessions/candidate-credential.ts'
import { noteFailedSignIn, noteGranted } from '#lib/link-sessions/note-sign-in.ts'
import { findWalk } from '#lib/link-sessions/read.ts'
import { type OAuthAppRow, openOAuthApp, readOAuthApp } from '#lib/partners/oauth-apps.ts'
import { type AuthorizationError, type CallbackQuery, namedError } from './callback.ts'
import { exchangeCode } from './client.ts'
import { type Flow, isItsBrowser, takeFlow, verifierOf } from './flows.ts'
import { recordFailed, recordRejected } from './record-ended.ts'
import { revokeLater } from './revocations.ts'

/** Why a callback is nobody's: it is answered by a page that tells nothing, and changes nothing. */
export type Rejected = { kind: 'rejected'; why: 'state' | 'browser' | 'app' | 'person' | 'issuer' }

/** How a sign-in ended: granted and sealed, or not, with a sentence of its own and a way on. */
export type Finished =
  | { kind: 'granted'; linkSessionId: string }
  | { kind: 'failed'; linkSessionId: string; error: SignInError }
  | Rejected

/** Why nobody is signed in after all: as the server said it, or what became of the code. Each has a sentence and a next step. */
export type SignInError = AuthorizationError | 'code_refused' | 'app_refused' | 'unclear' | 'walk_ended'

/**
 * The callback of a sign-in, in the order that lets nothing be asked for anybody else (`architecture.md`, Flows): state taken out,
 * browser, app of the path, person, then the error or the code. The code is exchanged once; what is granted is sealed at once as the
 * walk's candidate credential, and counts for nothing until she confirms it.
 */
export async function finishSignIn(
  user: UserActor | undefined,
  input: { appId: string; query: CallbackQuery; binding: string | undefined },
): Promise<Finished> {
  const flow = await takeFlow(db(), input.query.state)
  // No event for a state that nobody waits for: anybody could fill the log with them.
  if (!flow) return { kind: 'rejected', why: 'state' }
  if (!isItsBrowser(flow, input.binding)) return reject(flow, 'browser')
  if (flow.appId !== input.appId) return reject(flow, 'app')
  if (user?.userId !== flow.userId) return reject(flow, 'person')
  const { result } = input.query
  if ('error' in result) return fail(user, flow, namedError(result.error))
  const app = await readOAuthApp(flow.appId)
  if (!app || app.removedAt) return fail(user, flow, 'app_refused')
  return exchange(user, app, flow, input.query)
}

async function exchange(
  user: UserActor,
  row: OAuthAppRow,
  flow: Flow,
  { parameters, state }: CallbackQuery,
): Promise<Finished> {
  const { redirectUri } = flow
  const app = await openOAuthApp(db(), row)
  // RFC 9207: another server's name on the answer. Compared as it is, before anything is sent.
  const issuer = parameters.get('iss')
  if (issuer !== null && issuer !== app.server.origin) return reject(flow, 'issuer')
  const verifier = await verifierOf(db(), row, flow)
  const reply = await exchangeCode(app, { parameters, state, redirectUri, verifier })
  if (reply.kind === 'app_refused') return fail(user, flow, 'app_refused')
  if (reply.kind === 'grant_refused') return fail(user, flow, 'code_refused')
  if (reply.kind !== 'tokens') return fail(user, flow, 'unclear')
  return keep(user, row, flow, reply.tokens)
}

/** Noted in the walk, so that the wizard knows of it however the window ends, and in the log. */
async function fail(user: UserActor, flow: Flow, error: SignInError): Promise<Finished> {
  const { id, linkSessionId } = flow
  await transaction(async tx => {
    await noteFailedSignIn(tx, linkSessionId, { attempt: id, error })
    await recordFailed(tx, user, flow, error)
  })
  return { kind: 'failed', linkSessionId, error }
}

/** Sealed as the walk's candidate credential; where the walk has ended meanwhile, handed over to be revoked at once. */
async function keep(user: UserActor, app: OAuthAppRow, flow: Flow, tokens: Tokens): Promise<Finished> {
  const { linkSessionId, workspaceId } = flow
  return transaction(async (tx): Promise<Finished> => {
    // No longer hers when she was removed from the workspace while she was away.
    const found = await findWalk(user, linkSessionId, tx, true).catch(noneWhenGone)
    // She may have turned to the other way while the window was open.
    const goesOn =
      found &&
      !found.ended &&
      found.walk.progress.state === 'open' &&
      !found.walk.progress.connectionId &&
      found.walk.progress.answers.way === 'oauth'
    if (!goesOn) {
      const { connector, environment } = app
      const of = { workspaceId, appId: app.id, linkSessionId, reason: 'unconfirmed' as const }
      await revokeLater(tx, { ...of, connector, environment }, tokens)
      await recordFailed(tx, user, flow, 'walk_ended')
      return { kind: 'failed', linkSessionId, error: 'walk_ended' }
    }
    await keepGrant(tx, { id: linkSessionId, workspaceId }, { ...tokens, appId: app.id })
    await noteGranted(tx, found.walk)
    await record(tx, found.walk.actor, {
      name: 'link_session.granted',
      subject: { kind: 'link_session', id: linkSessionId },
    })
    return { kind: 'granted', linkSessionId }
  })
}

function noneWhenGone(error: unknown): undefined {
  if (error instanceof GangwayError && error.code === 'not_found') return undefined
  throw error
}

async function reject(flow: Flow, why: Rejected['why']): Promise<Rejected> {
  await recordRejected(flow, why)
  return { kind: 'rejected', why }
}
