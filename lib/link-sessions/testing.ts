import { desc, eq } from 'drizzle-orm'
import type { MemberActor, UserActor } from '#lib/actors.ts'
import { runCheck } from '#lib/checks/run.ts'
import { db } from '#lib/db/client.ts'
import {
  candidateCredentials,
  checks,
  connections,
  credentials,
  linkSessions,
  positions,
} from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { agreePermissions } from './agree-permissions.ts'
import { chooseWay, sayAdmin } from './choose.ts'
import { enterField } from './enter.ts'
import { pickAts } from './pick-ats.ts'
import { startLinkSession } from './start.ts'

/** The person of a member's session, outside of her workspace. For tests. */
export const userOf = ({ userId, sessionId, name, email }: MemberActor): UserActor => ({
  kind: 'user',
  userId,
  sessionId,
  name,
  email,
})

/** Makes an open position. For tests. */
export async function makePosition(actor: MemberActor, wish: Partial<typeof positions.$inferInsert> = {}) {
  const id = newId()
  const title = wish.title ?? 'Customs Broker'
  const { workspaceId, memberId: ownerId } = actor
  await db()
    .insert(positions)
    .values({ id, workspaceId, ownerId, search: title.toLowerCase(), ...wish, title })
  return id
}

/** A walk of somebody's own that was just started from a position. For tests. */
export async function startedWalk() {
  const workspace = await makeWorkspace()
  const positionId = await makePosition(workspace.owner)
  const { id } = await startLinkSession(workspace.owner, { positionId })
  return { ...workspace, positionId, id, user: userOf(workspace.owner) }
}

/** A walk that stands at the API key, for an account of the sandbox. For tests. */
export async function walkAtTheKey(subdomain = 'acme', permissions = 'read_write') {
  const walk = await startedWalk()
  const { user, id: sessionId } = walk
  await pickAts(user, { sessionId, ats: 'workable/sandbox' })
  await chooseWay(user, { sessionId, way: 'api_key' })
  await sayAdmin(user, { sessionId, admin: 'me' })
  await agreePermissions(user, { sessionId, permissions, locale: 'en' })
  await enterField(user, { sessionId, field: 'subdomain', typed: { subdomain } })
  const enter = (key: string) => enterField(user, { sessionId, field: 'api_key', typed: { api_key: key } })
  return { ...walk, enter }
}

/** Runs a walk's newest check as the worker would. Gives the check as it stands then. For tests. */
export async function examined(sessionId: string) {
  const newest = async () => {
    const [row] = await db()
      .select()
      .from(checks)
      .where(eq(checks.linkSessionId, sessionId))
      .orderBy(desc(checks.createdAt))
      .limit(1)
    if (!row) throw new Error('no check')
    return row
  }
  await runCheck((await newest()).id)
  return newest()
}

/** What a workspace has kept: connections and credentials, and what is sealed for a while. For tests. */
export async function keptIn(workspaceId: string) {
  const count = async (table: typeof connections | typeof credentials | typeof candidateCredentials) =>
    db().$count(table, eq(table.workspaceId, workspaceId))
  return {
    connections: await count(connections),
    credentials: await count(credentials),
    candidates: await count(candidateCredentials),
  }
}

/** A walk's row as it stands. For tests. */
export async function sessionRow(id: string) {
  const [row] = await db().select().from(linkSessions).where(eq(linkSessions.id, id))
  if (!row) throw new Error('no link session')
  return row
}
