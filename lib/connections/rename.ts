import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { requiredLine } from '#lib/forms/text.ts'
import { mustMend } from './may-mend.ts'
import { lockConnection } from './read.ts'

const form = z.object({ name: requiredLine(80) })

/**
 * Gives a connection another name, of 80 characters at most, tidied to one line. The same name changes nothing.
 * Throws `not_found`, `forbidden` for somebody who may not mend it, `invalid` with the problem at `name`.
 */
export async function renameConnection(
  actor: MemberActor,
  input: { connectionId: string; fields: Fields },
): Promise<void> {
  await transaction(async tx => {
    const connection = await lockConnection(tx, actor, input.connectionId)
    mustMend(actor, connection)
    const { name } = parseForm(form, input.fields)
    if (name === connection.name) return
    await tx
      .update(connections)
      .set({ name, updatedAt: sql`now()` })
      .where(and(eq(connections.id, connection.id), eq(connections.workspaceId, actor.workspaceId)))
    await record(tx, actor, {
      name: 'connection.renamed',
      subject: { kind: 'connection', id: connection.id },
    })
  })
}
