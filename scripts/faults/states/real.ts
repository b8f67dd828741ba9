import { eq } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { runCheck } from '#lib/checks/run.ts'
import { deleteConnection } from '#lib/connections/delete.ts'
import { refreshConnection } from '#lib/connections/refresh-due.ts'
import { setActive } from '#lib/connections/set-active.ts'
import { db, sqlClient } from '#lib/db/client.ts'
import { checks, revocations } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { newGrant, newOAuthApp, signedInConnection } from '#lib/oauth/testing.ts'
import type { SandboxControl } from '../sandbox.ts'
import { reconnected, use, withoutLimits } from '../verbs.ts'

/** A connection as it is, by the program's own verbs, for a sequence of commands. */

export type Real = Awaited<ReturnType<typeof realOne>>

export type Place = { sandbox: SandboxControl; actor: MemberActor; accountId: string }

/** One connection of an app of its own, in a workspace that each sequence uses after the other. */
export async function realOne({ sandbox, actor, accountId }: Place) {
  const sql = sqlClient()
  await sql`update oauth_apps set removed_at = now(), state = 'working', retry_at = null where partner_id = ${actor.partnerId} and removed_at is null`
  await sql`update connections set status = 'deleted', refresh_due_at = null where workspace_id = ${actor.workspaceId} and status <> 'deleted'`
  const app = await newOAuthApp(sandbox, actor.partnerId)
  const { id, grantId } = await signedInConnection(sandbox, actor, app, { remoteAccountId: accountId })
  const secret = (client_secret: string) =>
    sandbox.control(`/oauth/clients/${app.clientId}/secret`, 'POST', { client_secret })
  const grants = new Set([grantId])
  let current = grantId
  const waiting = () =>
    db()
      .select({ id: revocations.id, state: revocations.state })
      .from(revocations)
      .where(eq(revocations.connectionId, id))
  const due = (...moments: string[]) =>
    Promise.all(
      moments.map(
        column => sql`update connections set ${sql(column)} = now() - interval '1 second' where id = ${id}`,
      ),
    )
  return {
    id,
    momentComes: async () => {
      await due('refresh_due_at')
      await refreshConnection(id)
    },
    down: async () => {
      // Two failures lie behind: else the next try is waited for.
      await sql`update connections set refresh_failures = greatest(refresh_failures, 2) where id = ${id}`
      await due('refresh_due_at')
      await sandbox.fault('/oauth/token', { kind: 'status', status: 503 }, null)
      await refreshConnection(id)
      await sandbox.heal()
    },
    appsMomentComes: () =>
      sql`update oauth_apps set retry_at = now() - interval '1 second' where id = ${app.row.id} and state = 'stopped'`,
    expire: async () => {
      for (const grant of grants) await sandbox.control(`/oauth/grants/${grant}/expire`, 'POST', {})
      await due('access_expires_at')
      const past = sql`now() - interval '1 second'`
      await sql`update credentials set access_expires_at = ${past} where connection_id = ${id}`
      await sql`update revocations set access_expires_at = ${past} where connection_id = ${id}`
    },
    takeBack: () => sandbox.control(`/oauth/grants/${current}/revoke`, 'POST', {}),
    secret: (right: boolean) => secret(right ? app.secret : 'another'),
    /** A process has died with the lease, more than 45 seconds ago. */
    diedWithLease: () =>
      sql`update connections set refresh_lease = ${newId()}, refresh_lease_until = now() where id = ${id} and status <> 'deleted'`,
    use: () => use(id),
    switchOff: () => setActive(actor, { connectionId: id, active: false }),
    switchOn: async () => {
      await withoutLimits('%')
      await setActive(actor, { connectionId: id, active: true })
      const asked = await db()
        .select({ id: checks.id, state: checks.state })
        .from(checks)
        .where(eq(checks.connectionId, id))
      for (const check of asked) if (check.state === 'queued') await runCheck(check.id)
    },
    reconnect: async () => {
      const grant = await newGrant(sandbox, app.clientId)
      grants.add(grant.id)
      current = grant.id
      await reconnected({ actor, connectionId: id, appId: app.row.id, grant })
    },
    delete: () =>
      deleteConnection(actor, {
        connectionId: id,
        fields: { word: 'DELETE' },
        from: { address: '10.0.0.1', userAgent: '' },
      }),
    revoke: async () => {
      await withoutLimits('%')
      for (const row of await waiting()) if (row.state === 'waiting') await revokeGrant(row.id)
    },
    /** How it stands: two generations of tokens at most, none of a connection that is deleted. */
    seen: async () => {
      const [row] = await sql`
        select c.status, c.version, a.state as app,
          (select count(*)::int from revocations r where r.connection_id = c.id and r.state = 'waiting') as revoking,
          (select case count(*) when 0 then 'nothing' when 1 then 'tokens' when 2 then 'tokens' else 'too much' end
            from credentials k where k.connection_id = c.id) as kept
        from connections c, oauth_apps a where c.id = ${id} and a.id = ${app.row.id}`
      return row
    },
    /** The truth: how many of its grants live at the server. */
    living: () => sandbox.livingGrants(app.clientId),
    end: () => sandbox.control(`/oauth/clients/${app.clientId}`, 'DELETE'),
  }
}
