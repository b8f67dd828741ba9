import type { UserActor } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { failpoint } from '#lib/failpoint.ts'
import { noteFailedSignIn } from '#lib/link-sessions/note-sign-in.ts'
import type { SealedApp } from '#lib/partners/oauth-apps.ts'
import { type AuthorizationError, type CallbackQuery, namedError } from './callback.ts'
import { exchangeCode, revokeToken } from './client.ts'
import { type Flow, isItsBrowser, takeFlow, verifierOf } from './flows.ts'
import { type Granted, keepGranted } from './keep-granted.ts'
import { openedApp } from './opened-app.ts'
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
  const taken = await takeFlow(input.query.state)
  // No event for a state that nobody waits for: anybody could fill the log with them.
  if (!taken) return { kind: 'rejected', why: 'state' }
  const { flow, app } = taken
  await failpoint('flow_taken')
  if (!isItsBrowser(flow, input.binding)) return reject(flow, 'browser')
  if (flow.appId !== input.appId) return reject(flow, 'app')
  if (user?.userId !== flow.userId) return reject(flow, 'person')
  const { result } = input.query
  if ('error' in result) return fail(user, flow, namedError(result.error))
  if (app.row.removedAt) return fail(user, flow, 'app_refused')
  return exchange(user, app, flow, input.query).catch(async error => {
    // A mistake of ours: she is told that it did not work, and nothing else.
    await fail(user, flow, 'unclear')
    throw error
  })
}

async function exchange(
  user: UserActor,
  sealed: SealedApp,
  flow: Flow,
  { parameters, state }: CallbackQuery,
): Promise<Finished> {
  const { redirectUri } = flow
  const app = openedApp(sealed)
  if ('kind' in app) return fail(user, flow, app.kind === 'app_refused' ? 'app_refused' : 'unclear')
  // RFC 9207: another server's name on the answer. Compared as it is, before anything is sent.
  const issuer = parameters.get('iss')
  if (issuer !== null && issuer !== app.server.origin) return reject(flow, 'issuer')
  const verifier = verifierOf(sealed, flow)
  const reply = await exchangeCode(app, { parameters, state, redirectUri, verifier })
  if (reply.kind === 'app_refused') return fail(user, flow, 'app_refused')
  if (reply.kind === 'grant_refused') return fail(user, flow, 'code_refused')
  if (reply.kind !== 'tokens') return fail(user, flow, 'unclear')
  await failpoint('code_exchanged')
  return keep({ user, walk: flow, app: sealed.row, tokens: reply.tokens }, flow).catch(async error => {
    // Nobody keeps it, so that it must not live on. One try: what could not be kept cannot be handed to a task either.
    await revokeToken(app, reply.tokens.refresh ?? reply.tokens.access)
    throw error
  })
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
async function keep(granted: Granted, flow: Flow): Promise<Finished> {
  const { user, app, tokens } = granted
  const { linkSessionId, workspaceId } = flow
  if (await keepGranted(granted)) {
    await failpoint('grant_kept')
    return { kind: 'granted', linkSessionId }
  }
  return transaction(async (tx): Promise<Finished> => {
    const { connector, environment } = app
    const of = { workspaceId, appId: app.id, linkSessionId, reason: 'unconfirmed' as const }
    await revokeLater(tx, { ...of, connector, environment }, tokens)
    await recordFailed(tx, user, flow, 'walk_ended')
    return { kind: 'failed', linkSessionId, error: 'walk_ended' }
  })
}

async function reject(flow: Flow, why: Rejected['why']): Promise<Rejected> {
  await recordRejected(flow, why)
  return { kind: 'rejected', why }
}
