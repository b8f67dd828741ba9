import { and, eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { parseContext } from '#lib/ats/hosts.ts'
import { record } from '#lib/audit/record.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import { healthExpiring } from './health.ts'
import { mustMend } from './may-mend.ts'
import { lockConnection } from './read.ts'

const field = 'key_expires_on'

/**
 * Changes the day on which a connection's key ends, YYYY-MM-DD; an empty one drops it. Health that hangs on the day follows.
 * Throws `not_found`, `forbidden` for somebody who may not mend it, `conflict` for one without a key, `invalid` with the problem at
 * `key_expires_on`.
 */
export async function setExpiry(
  actor: MemberActor,
  input: { connectionId: string; day: string },
): Promise<void> {
  await transaction(async tx => {
    const connection = await lockConnection(tx, actor, input.connectionId)
    mustMend(actor, connection)
    if (connection.way !== 'api_key') throw new GangwayError('conflict', 'no key that could end')
    const keyExpiresOn = input.day.trim() === '' ? null : parseDay(connection, input.day)
    if (keyExpiresOn === connection.keyExpiresOn) return
    await tx
      .update(connections)
      .set({ keyExpiresOn, ...healthExpiring(connection, keyExpiresOn), updatedAt: sql`now()` })
      .where(and(eq(connections.id, connection.id), eq(connections.workspaceId, actor.workspaceId)))
    await record(tx, actor, {
      name: 'connection.expiry_changed',
      subject: { kind: 'connection', id: connection.id },
      data: { expiresOn: keyExpiresOn },
    })
  })
}

/** By the parser of the wizard's own field, so that both understand and refuse the same. */
function parseDay({ connector }: typeof connections.$inferSelect, typed: string): string {
  const { manifest } = connectorById(connector)
  const known = manifest.fields.find(each => each.id === field)
  // The day is the calendar's: no host is asked about, so a sandbox that is away does not matter.
  const parsed = known?.parse(typed, parseContext(manifest, 'live'))
  if (!parsed?.ok)
    throw invalid({ [field]: { key: parsed ? `${connector}.problems.${parsed.problem}` : 'forms.odd' } })
  return parsed.value
}
