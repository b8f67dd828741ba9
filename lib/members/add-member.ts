import { isNotNull } from 'drizzle-orm'
import type { Actor, MemberRole } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { members } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'

/** Gives a person a role in a workspace. Who was removed from it gets her own row back, and what she did there stays hers. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  input: { partnerId: string; workspaceId: string; userId: string; role: MemberRole },
): Promise<string> {
  const { partnerId, workspaceId, userId, role } = input
  const [member] = await tx
    .insert(members)
    .values({ id: newId(), workspaceId, userId, role })
    .onConflictDoUpdate({
      target: [members.workspaceId, members.userId],
      set: { role, removedAt: null },
      setWhere: isNotNull(members.removedAt),
    })
    .returning({ id: members.id })
  if (!member) throw new GangwayError('conflict', 'is a member already')
  const { id } = member
  await record(tx, actor, {
    name: 'member.added',
    subject: { kind: 'member', id },
    data: { role },
    partnerId,
    workspaceId,
  })
  return id
}
