import { eq } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { recordWhere } from '#lib/audit/record.ts'
import type { Tokens } from '#lib/connections/credentials.ts'
import { db, type Tx, transaction } from '#lib/db/client.ts'
import { isConflict } from '#lib/db/conflict.ts'
import { linkSessions } from '#lib/db/schema/index.ts'
import { grantKept, shredCandidate } from '#lib/link-sessions/candidate-credential.ts'
import { walkGoesOn } from '#lib/link-sessions/note-sign-in.ts'
import type { OAuthAppRow } from '#lib/partners/oauth-apps.ts'
import type { Flow } from './flows.ts'

/** What was granted, and in which walk of whose. */
export type Granted = {
  user: UserActor
  walk: Pick<Flow, 'linkSessionId' | 'workspaceId' | 'memberId' | 'scopes'>
  app: OAuthAppRow
  tokens: Tokens
}

/**
 * Keeps what was granted: sealed as the walk's candidate credential, in place of the one before, which is revoked if it was granted
 * too; the walk goes on, and the log is told. One statement, and so one commit. False where the walk does not wait for it any more.
 */
export async function keepGranted(granted: Granted): Promise<boolean> {
  try {
    return await write(db(), granted, 1)
  } catch (error) {
    if (!isConflict(error, 'candidate_credentials_link_session')) throw error
    return transaction(tx => inPlaceOfTheOneBefore(tx, granted))
  }
}

async function inPlaceOfTheOneBefore(tx: Tx, granted: Granted): Promise<boolean> {
  const { linkSessionId } = granted.walk
  // Held, so that nobody puts another one there meanwhile.
  await tx.select().from(linkSessions).where(eq(linkSessions.id, linkSessionId)).for('update')
  return write(tx, granted, (await shredCandidate(tx, linkSessionId)) + 1)
}

async function write(tx: Tx, { user, walk, app, tokens }: Granted, generation: number): Promise<boolean> {
  const { linkSessionId: id, workspaceId, memberId } = walk
  const { connector, environment } = app
  const { retired, made, kept } = grantKept({ id, workspaceId }, generation, { ...tokens, appId: app.id })
  const won = tx.$with('won').as(walkGoesOn(tx, { ...walk, connector, environment }))
  const { from } = user
  const actor = {
    kind: 'member' as const,
    partnerId: app.partnerId,
    workspaceId,
    memberId,
    ...(from && { from }),
  }
  const told = recordWhere('won', actor, {
    name: 'link_session.granted',
    subject: { kind: 'link_session', id },
  })
  const rows = await tx
    .with(
      tx.$with('retired', {}).as(retired),
      won,
      tx.$with('made', {}).as(made),
      tx.$with('kept', {}).as(kept),
      tx.$with('told', {}).as(told),
    )
    .select()
    .from(won)
  return rows.length > 0
}
