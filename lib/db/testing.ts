import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { MemberActor, MemberRole } from '#lib/actors.ts'
import { db } from './client.ts'
import { members, partnerMembers, partners, sessions, users, workspaces } from './schema/index.ts'

/** A workspace of a test's own, with the owner who acts in it. */
export type TestWorkspace = { partnerId: string; workspaceId: string; slug: string; owner: MemberActor }

/** Makes a partner, a workspace and its owner, who owns both. For tests. */
export async function makeWorkspace(name = 'Acme'): Promise<TestWorkspace> {
  const partnerId = randomUUID()
  const workspaceId = randomUUID()
  const slug = `${name.toLowerCase()}-${workspaceId.slice(0, 8)}`
  await db()
    .insert(partners)
    .values({ id: partnerId, name: `${name} Partner` })
  await db().insert(workspaces).values({ id: workspaceId, partnerId, slug, name })
  const owner = await makeMember({ partnerId, workspaceId }, 'owner')
  await db()
    .insert(partnerMembers)
    .values({ id: randomUUID(), partnerId, userId: owner.userId, role: 'owner' })
  return { partnerId, workspaceId, slug, owner }
}

/** Makes a person with `role` in the workspace, as a verb's actor. Her session has just begun; no cookie opens it. For tests. */
export async function makeMember(
  workspace: { partnerId: string; workspaceId: string },
  role: MemberRole,
): Promise<MemberActor> {
  const [userId, memberId, sessionId] = [randomUUID(), randomUUID(), randomUUID()]
  const name = `${role[0]?.toUpperCase()}${role.slice(1)} Person`
  const email = `${role}-${userId.slice(0, 8)}@example.com`
  await db().insert(users).values({ id: userId, email, name, timeZone: 'Europe/Amsterdam' })
  await db().insert(members).values({ id: memberId, workspaceId: workspace.workspaceId, userId, role })
  const expiresAt = sql`now() + interval '1 day'`
  await db().insert(sessions).values({ id: sessionId, userId, secretHash: sessionId, expiresAt })
  const { partnerId, workspaceId } = workspace
  return {
    kind: 'member',
    partnerId,
    workspaceId,
    memberId,
    userId,
    sessionId,
    role,
    name,
    email,
  }
}
