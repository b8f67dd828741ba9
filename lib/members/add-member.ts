import type { Actor, MemberRole } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { members } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'

/** Gives a person a role in a workspace. */
export async function addMember(
  tx: Tx,
  actor: Actor,
  input: { partnerId: string; workspaceId: string; userId: string; role: MemberRole },
): Promise<string> {
  const { partnerId, workspaceId, userId, role } = input
  const id = newId()
  await tx.insert(members).values({ id, workspaceId, userId, role })
  await record(tx, actor, {
    name: 'member.added',
    subject: { kind: 'member', id },
    data: { role },
    partnerId,
    workspaceId,
  })
  return id
}
