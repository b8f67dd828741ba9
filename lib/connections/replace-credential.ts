import { eq, sql } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Finding, Permissions } from '#lib/connectors/contract.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import type { Candidate } from '#lib/link-sessions/candidate-credential.ts'
import { sendTask } from '#lib/queue/send.ts'
import { adoptCredential, columnsOf, letGoOfGrant } from './adopt-credential.ts'
import { adoptWalk } from './adopt-walk.ts'
import { healthOf } from './health.ts'
import { mayMend } from './may-mend.ts'

type Connection = typeof connections.$inferSelect

type Proven = {
  /** The walk that brought the credential, and the permissions that were agreed to on it. */
  linkSessionId: string
  permissions: Permissions
  candidate: Candidate
  findings: Finding[]
  /** As the ATS has it now: an account's subdomain can change. */
  subdomain: string
  fields: Record<string, string>
}

/**
 * Gives a connection a key or a grant that was proven for the same account. Id, name and links stay; a grant that it had is revoked
 * at the ATS. The caller has locked the row, and compared the account. Throws `forbidden` for somebody who neither made the connection nor manages integrations.
 */
export async function replaceCredential(
  tx: Tx,
  actor: MemberActor,
  connection: Connection,
  proven: Proven,
): Promise<void> {
  if (!mayMend(actor, connection)) {
    throw new GangwayError('forbidden', `${actor.role} may not replace this key`, {
      said: { key: 'connections.replace_forbidden' },
    })
  }
  const { id: connectionId, workspaceId } = connection
  const version = connection.version + 1
  const { permissions, candidate } = proven
  const credential = columnsOf(candidate)
  // A day of expiry and a partner's id belong to a key.
  const fields = credential.way === 'api_key' ? proven.fields : {}
  const keyExpiresOn = fields.key_expires_on ?? null
  const status = connection.status === 'needs_reauth' ? ('active' as const) : connection.status
  const health = healthOf({ ...connection, status, permissions, keyExpiresOn }, { findings: proven.findings })
  await letGoOfGrant(tx, connection, candidate)
  await adoptCredential(tx, { workspaceId, connectionId }, version, candidate)
  await tx
    .update(connections)
    .set({
      ...health,
      version,
      permissions,
      ...credential,
      subdomain: proven.subdomain,
      keyExpiresOn,
      partnerClientId: fields.partner_client_id ?? null,
      healthSince: sql`now()`,
      lastCheckedAt: sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(eq(connections.id, connectionId))
  await adoptWalk(tx, proven.linkSessionId, connectionId)
  await record(tx, actor, {
    name: 'connection.key_replaced',
    subject: { kind: 'connection', id: connectionId },
  })
  if (status === 'active') await sendTask(tx, 'fetch-jobs', { connectionId })
}
