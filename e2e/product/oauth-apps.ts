import type { Sandbox } from '../sandbox.ts'
import { noteSecret } from '../secrets.ts'
import { type Team, unique } from '../team.ts'

/** An app of the team's partner at the sandbox: from then on its people can sign in there. Gives its id. */
export async function newOAuthApp(team: Team, sandbox: Sandbox): Promise<string> {
  const { newOAuthApp } = await import('#lib/oauth/testing.ts')
  const { redirectUriOf } = await import('#lib/oauth/app.ts')
  const { row, clientId, secret } = await newOAuthApp(sandbox, team.partnerId)
  noteSecret(secret)
  const redirect_uri = redirectUriOf(row.id)
  await sandbox.control(`/oauth/clients/${clientId}/redirect_uris`, 'POST', { redirect_uri })
  return row.id
}

/** An OAuth app of the team's partner, for the ATS itself. Gives its id. */
export async function newLiveApp(team: Team): Promise<string> {
  const { transaction } = await import('#lib/db/client.ts')
  const { Secret } = await import('#lib/crypto/secret.ts')
  const { insertOAuthApp } = await import('#lib/partners/oauth-apps.ts')
  const secret = noteSecret(`CNRY-oauth-${unique()}`)
  return transaction(tx =>
    insertOAuthApp(tx, {
      partnerId: team.partnerId,
      connector: 'workable',
      environment: 'live',
      source: 'console',
      clientId: 'brightside-people',
      secret: new Secret(secret),
      lastFour: secret.slice(-4),
    }),
  )
}
