import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { type Owned, writeTokens } from '#lib/connections/credentials.ts'
import { planned } from '#lib/connections/plan-refresh.ts'
import type { TestSandbox } from '#lib/connectors/workable/testing.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, transaction } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { insertOAuthApp, openOAuthApp, readOAuthApp } from '#lib/partners/oauth-apps.ts'

type Sandbox = Pick<TestSandbox, 'control'>

const client = z.object({ client_id: z.string(), client_secret: z.string() })
const granted = z.object({
  grants: z.array(
    z.object({ id: z.string(), token_id: z.string(), access_token: z.string(), refresh_token: z.string() }),
  ),
})

/** Registers a client at the sandbox and keeps it as the partner's app. Gives the row, and its secret at the sandbox. For tests. */
export async function newOAuthApp(sandbox: Sandbox, partnerId: string, redirectUris: string[] = []) {
  const wish = { name: 'Brightside People', redirect_uris: redirectUris }
  const made = client.parse(await sandbox.control('/oauth/clients', 'POST', wish))
  const id = await transaction(tx =>
    insertOAuthApp(tx, {
      partnerId,
      connector: 'workable',
      environment: 'sandbox',
      source: 'console',
      clientId: made.client_id,
      secret: new Secret(made.client_secret),
      lastFour: made.client_secret.slice(-4),
    }),
  )
  const row = await readOAuthApp(id)
  if (!row) throw new Error('no app')
  return { row, clientId: made.client_id, secret: made.client_secret, open: () => openOAuthApp(db(), row) }
}

/** A grant as if a person had consented, with its tokens. For tests. */
export async function newGrant(
  sandbox: Sandbox,
  clientId: string,
  wish: { person?: string; scopes?: string[] } = {},
) {
  const answer = await sandbox.control('/oauth/grants', 'POST', {
    client_id: clientId,
    person: 'mariana@larkfield.example',
    ...wish,
  })
  const [grant] = granted.parse(answer).grants
  if (!grant) throw new Error('no grant')
  return {
    id: grant.id,
    tokens: {
      access: new Secret(grant.access_token),
      refresh: new Secret(grant.refresh_token),
      accessExpiresAt: new Date(Date.now() + 7_200_000),
    },
  }
}

/** Whether a grant still lives at the sandbox. For tests. */
export async function isAlive(sandbox: Sandbox, grantId: string): Promise<boolean> {
  const { grants } = z
    .object({ grants: z.array(z.looseObject({ id: z.string(), alive: z.boolean() })) })
    .parse(await sandbox.control('/oauth/grants'))
  return grants.find(({ id }) => id === grantId)?.alive ?? false
}

type App = Awaited<ReturnType<typeof newOAuthApp>>
type Wish = Partial<typeof connections.$inferInsert> & {
  grant?: Awaited<ReturnType<typeof newGrant>>
  person?: string
  scopes?: string[]
}

/** A connection by OAuth to an account of the sandbox, with a grant of its own. Its tokens have never been used. For tests. */
export async function signedInConnection(
  sandbox: Sandbox,
  actor: MemberActor,
  app: Pick<App, 'row' | 'clientId'>,
  { grant: given, person, scopes, ...columns }: Wish = {},
) {
  const wish = { ...(person ? { person } : {}), ...(scopes ? { scopes } : {}) }
  const grant = given ?? (await newGrant(sandbox, app.clientId, wish))
  const id = newId()
  const of: Owned = { workspaceId: actor.workspaceId, connectionId: id }
  await transaction(async tx => {
    await tx.insert(connections).values({
      id,
      workspaceId: actor.workspaceId,
      connector: 'workable',
      environment: 'sandbox',
      name: 'Workable, larkfield',
      way: 'oauth',
      permissions: 'read_write',
      remoteAccountId: id,
      accountName: 'Larkfield',
      subdomain: 'larkfield',
      lastFour: '',
      oauthAppId: app.row.id,
      createdBy: actor.memberId,
      ...planned(grant.tokens.accessExpiresAt),
      refreshedAt: null,
      ...columns,
    })
    await writeTokens(tx, of, 1, grant.tokens)
  })
  return { id, of, grantId: grant.id }
}
