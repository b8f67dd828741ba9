import { and, eq, isNull } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { positionLinks } from '#lib/db/schema/index.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { readPosition } from '#lib/positions/read.ts'
import { endLink } from './link-job.ts'

/**
 * Unlinks a position from its job. Unlinking what is not linked any more is fine: it is what was wanted.
 * Throws `forbidden` for a role that may not link, `not_found` for a position of nobody here.
 */
export async function unlink(actor: MemberActor, input: { positionId: string }): Promise<void> {
  mustBeAllowed(actor, 'link')
  const { positionId } = input
  await readPosition(actor, positionId)
  await transaction(async tx => {
    const [link] = await tx
      .select({ id: positionLinks.id, jobId: positionLinks.jobId })
      .from(positionLinks)
      .where(
        and(
          eq(positionLinks.positionId, positionId),
          eq(positionLinks.workspaceId, actor.workspaceId),
          isNull(positionLinks.endedAt),
        ),
      )
      .for('update')
    if (!link) return
    await endLink(tx, actor, link.id)
    await record(tx, actor, {
      name: 'position.unlinked',
      subject: { kind: 'position', id: positionId },
      data: { jobId: link.jobId },
    })
  })
}
