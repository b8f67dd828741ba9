import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { members, users } from '#lib/db/schema/index.ts'
import { mustBeAllowed } from './roles.ts'

export type MemberChoice = { id: string; name: string; role: MemberActor['role'] }

/** The people of the workspace by name, to choose an owner from; the first 500. */
export async function listMembers(actor: MemberActor): Promise<MemberChoice[]> {
  mustBeAllowed(actor, 'look')
  return db()
    .select({ id: members.id, name: users.name, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, actor.workspaceId), isNull(members.removedAt)))
    .orderBy(asc(sql`lower(${users.name})`), asc(members.id))
    .limit(500)
}
