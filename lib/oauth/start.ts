import { eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { db, transaction } from '#lib/db/client.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import { countAtsSignIn } from '#lib/limits/sign-ins-at-ats.ts'
import { noteFailedSignIn } from '#lib/link-sessions/note-sign-in.ts'
import { readWalk, type Walk } from '#lib/link-sessions/read.ts'
import { scopesFor } from '#lib/link-sessions/scopes.ts'
import { allowedStep } from '#lib/link-sessions/steps.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { livingOAuthApp } from '#lib/partners/oauth-apps.ts'
import { serverOf } from './app.ts'
import { openFlow } from './flows.ts'

/**
 * Starts signing in at the ATS for a person's walk, which has settled the permissions. `binding` is the secret of a cookie of her
 * browser. Gives the address to send her to. Throws `not_found` for somebody else's walk, `conflict` where it is not time for
 * it yet or the partner has no app, and `too_many` after it has been noted at the screen.
 */
export async function startSignIn(
  user: UserActor,
  input: { sessionId: string; binding: string },
): Promise<string> {
  const walk = await readWalk(user, input.sessionId)
  // Her role may have changed since she started the walk.
  mustBeAllowed(walk.actor, 'connect')
  if (walk.progress.answers.way !== 'oauth' || allowedStep('sign-in', walk.progress) !== 'sign-in')
    throw new GangwayError('conflict', 'not time to sign in')
  const { connector, environment, actor, progress } = walk
  const { permissions } = progress.answers
  if (!connector || !environment || !permissions) throw new GangwayError('conflict', 'not time to sign in')
  const { manifest } = connector
  // Nothing that was not agreed to is asked for (RFC 9700, 2.3).
  const scopes = scopesFor(connector, permissions)
  await count(walk)
  return transaction(async tx => {
    const of = { partnerId: actor.partnerId, connector: manifest.id, environment }
    const app = await livingOAuthApp(tx, of)
    if (!app) throw new GangwayError('conflict', 'the partner has no app for it')
    const { workspaceId, memberId, userId } = actor
    await tx.update(linkSessions).set({ shown: null }).where(eq(linkSessions.id, walk.id))
    const flow = { workspaceId, linkSessionId: walk.id, memberId, userId, scopes }
    const { state, challenge, redirectUri } = await openFlow(tx, app, flow, input.binding)
    const server = serverOf(manifest, environment)
    const address = new URL(server.authorize)
    address.search = new URLSearchParams({
      ...server.parameters,
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: redirectUri,
      scope: scopes.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }).toString()
    return address.href
  })
}

async function count({ id, actor }: Walk): Promise<void> {
  try {
    await countAtsSignIn(actor)
  } catch (error) {
    if (error instanceof GangwayError && error.code === 'too_many') {
      const minutes = String(Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60)))
      await noteFailedSignIn(db(), id, { attempt: newId(), error: 'too_many', minutes })
    }
    throw error
  }
}
