import type { MemberActor } from '#lib/actors.ts'
import type { Account, Sandbox } from './sandbox.ts'

/** A connection by signing in, and what happens to it while nobody looks. */

/** Connects an account of the sandbox by a sign-in of its admin, in somebody's name. */
export async function connectBySigningIn(
  actor: MemberActor,
  sandbox: Sandbox,
  account: Account,
  appId: string,
) {
  const { signedInConnection } = await import('#lib/oauth/testing.ts')
  const { readOAuthApp } = await import('#lib/partners/oauth-apps.ts')
  const row = await readOAuthApp(appId)
  if (!row) throw new Error('no app')
  return signedInConnection(
    sandbox,
    actor,
    { row, clientId: row.clientId },
    {
      person: account.admin.email,
      name: `Workable, ${account.name}`,
      remoteAccountId: await sandbox.accountId(account),
      accountName: account.name,
      subdomain: account.subdomain,
    },
  )
}

/** Its access token has ended, and the refresh is refused: asked once, and once more when half a minute has passed. */
export async function refreshInVain(connectionId: string): Promise<void> {
  const { sqlClient } = await import('#lib/db/client.ts')
  const { refreshConnection } = await import('#lib/connections/refresh-due.ts')
  for (let asked = 0; asked < 2; asked += 1) {
    await sqlClient()`update connections set access_expires_at = now() - interval '1 minute',
      refresh_due_at = now() - interval '1 second' where id = ${connectionId}`
    await refreshConnection(connectionId)
  }
}
