import { sql } from 'drizzle-orm'
import { record } from '#lib/audit/record.ts'
import type { Finding, Permissions } from '#lib/connectors/contract.ts'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { GangwayError } from '#lib/errors.ts'
import { failpoint } from '#lib/failpoint.ts'
import { newId } from '#lib/ids.ts'
import type { Candidate } from '#lib/link-sessions/candidate-credential.ts'
import type { Walk } from '#lib/link-sessions/read.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { sendTask } from '#lib/queue/send.ts'
import { adoptCredential, columnsOf } from './adopt-credential.ts'
import { adoptWalk } from './adopt-walk.ts'
import { freeName } from './free-name.ts'
import { healthOf } from './health.ts'

type Proven = { account: RemoteAccount; permissions: Permissions; findings: Finding[]; candidate: Candidate }

/**
 * Makes the connection that a walk has proven, by key or by signing in: row, data key, credential, consent, event and the first
 * fetch of jobs, all in the caller's transaction. Gives its id. Throws `forbidden` for a role that may not, `conflict` when another walk connected the
 * same account a moment before.
 */
export async function connectAccount(tx: Tx, walk: Walk, proven: Proven): Promise<string> {
  const { actor, connector, environment, progress } = walk
  mustBeAllowed(actor, progress.hasPosition ? 'connect' : 'manage_integrations')
  if (!connector || !environment) throw new GangwayError('internal', 'a walk without an ATS cannot connect')
  const { account, permissions, findings, candidate } = proven
  const credential = columnsOf(candidate)
  const { way } = credential
  // A day of expiry and a partner's id belong to a key.
  const fields = way === 'api_key' ? (progress.answers.fields ?? {}) : {}
  const wished = progress.answers.name || `${connector.manifest.name}, ${account.name}`
  const id = newId()
  const blank = {
    atsMemberId: null,
    remoteAccountId: account.remoteId,
    permissions,
    keyExpiresOn: fields.key_expires_on ?? null,
  }
  const health = healthOf({ status: 'active', health: 'healthy', healthReason: null, ...blank }, { findings })
  const rows = await tx
    .insert(connections)
    .values({
      id,
      workspaceId: actor.workspaceId,
      connector: connector.manifest.id,
      environment,
      name: await freeName(tx, actor.workspaceId, wished, account),
      ...credential,
      ...blank,
      ...health,
      accountName: account.name,
      subdomain: account.subdomain,
      partnerClientId: fields.partner_client_id ?? null,
      createdBy: actor.memberId,
      lastCheckedAt: sql`now()`,
      nextCheckAt: sql`now() + interval '1 day' + random() * interval '1 hour'`,
    })
    .onConflictDoNothing()
    .returning({ id: connections.id })
  if (rows.length === 0) {
    throw new GangwayError('conflict', 'account is connected already', {
      said: { key: 'wizard.check.same_account' },
    })
  }
  await failpoint('connection_inserted')
  await adoptCredential(tx, { workspaceId: actor.workspaceId, connectionId: id }, 1, candidate)
  await failpoint('credential_adopted')
  await adoptWalk(tx, walk.id, id)
  await record(tx, actor, {
    name: 'connection.made',
    subject: { kind: 'connection', id },
    data: { way, permissions, environment },
  })
  await sendTask(tx, 'fetch-jobs', { connectionId: id })
  return id
}
