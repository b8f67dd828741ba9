import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { now } from '#lib/clock.ts'
import type { Environment } from '#lib/connectors/contract.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import type { Secret } from '#lib/crypto/secret.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { dataKeys, oauthApps } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { readDataKey } from '#lib/keys/data-keys.ts'
import { sealerBy, sealFor } from '#lib/keys/seal-for.ts'
import { type OAuthApp, serverOf } from '#lib/oauth/app.ts'

/** The only reader and writer of the client secrets of partners' OAuth apps. */

export type OAuthAppRow = typeof oauthApps.$inferSelect

/** An app as it lies in the table, with the data key that opens it. */
export type SealedApp = { row: OAuthAppRow; key: typeof dataKeys.$inferSelect | null }

/** The data keys of apps, for a query that reads apps, beside other data keys maybe. */
export const appKeys = alias(dataKeys, 'app_keys')
export const isKeyOfApp = and(eq(appKeys.ownerKind, 'oauth_app'), eq(appKeys.ownerId, oauthApps.id))

/** Days for which the secret before is still tried where the new one is refused. */
const overlapDays = 7

const owner = (app: { id: string; partnerId: string }) => ({
  workspaceId: app.partnerId,
  kind: 'oauth_app' as const,
  id: app.id,
})
const place = (column: 'client_secret' | 'previous_secret', rowId: string, generation: number) => ({
  table: 'oauth_apps',
  column,
  rowId,
  generation,
})

/** What is known of a client before it is an app of ours. */
export type NewOAuthApp = {
  /** Where its redirect URI was told before it was an app. */
  id?: string
  partnerId: string
  connector: string
  environment: Environment
  source: OAuthAppRow['source']
  clientId: string
  secret: Secret
  lastFour: string
  createdBy?: string
}

/** Keeps a client, its secret sealed. The caller has seen that none lives for that connector and environment. Gives its id. */
export async function insertOAuthApp(
  tx: Tx,
  { secret, lastFour, id = newId(), ...app }: NewOAuthApp,
): Promise<string> {
  const clientSecret = await sealFor(tx, owner({ id, ...app }), place('client_secret', id, 1), secret)
  await tx.insert(oauthApps).values({ id, ...app, clientSecret, secretLastFour: lastFour })
  return id
}

/**
 * Puts a new secret, and maybe a new client id, in place of those before. The old secret is tried for seven days where the new one
 * is refused, since both may be good for a while; not when the client id is another. The app works again.
 */
export async function replaceSecret(
  tx: Tx,
  row: OAuthAppRow,
  next: { clientId: string; secret: Secret; lastFour: string },
): Promise<void> {
  const generation = row.secretGeneration + 1
  const sealed = (column: 'client_secret' | 'previous_secret', secret: Secret) =>
    sealFor(tx, owner(row), place(column, row.id, generation), secret)
  const before = next.clientId === row.clientId ? await secretOf(tx, row) : undefined
  await tx
    .update(oauthApps)
    .set({
      clientId: next.clientId,
      clientSecret: await sealed('client_secret', next.secret),
      secretLastFour: next.lastFour,
      secretGeneration: generation,
      previousSecret: before ? await sealed('previous_secret', before) : null,
      previousSecretUntil: before ? sql`now() + make_interval(days => ${overlapDays})` : null,
      state: 'working',
      stoppedReason: null,
      stoppedAt: null,
      retryAt: null,
      testedAt: null,
      testResult: null,
      updatedAt: sql`now()`,
    })
    .where(eq(oauthApps.id, row.id))
}

/** The app that signs people in to an ATS for a partner, if there is one. */
export async function livingOAuthApp(
  tx: Tx,
  of: { partnerId: string; connector: string; environment: Environment },
): Promise<OAuthAppRow | undefined> {
  const [row] = await tx
    .select()
    .from(oauthApps)
    .where(
      and(
        eq(oauthApps.partnerId, of.partnerId),
        eq(oauthApps.connector, of.connector),
        eq(oauthApps.environment, of.environment),
        isNull(oauthApps.removedAt),
      ),
    )
  return row
}

/** An app by its id, removed ones too: what was granted to it is refreshed and revoked by it. */
export async function readOAuthApp(id: string): Promise<OAuthAppRow | undefined> {
  const [row] = await db().select().from(oauthApps).where(eq(oauthApps.id, id))
  return row
}

/** An app ready to be used, its secret opened. Throws `SealError`; `unavailable` when its sandbox is switched off. */
export const openOAuthApp = async (tx: Tx, row: OAuthAppRow): Promise<OAuthApp> =>
  openSealedApp({ row, key: await readDataKey(tx, owner(row)) })

/** As `openOAuthApp`, of what was read with something else. */
export function openSealedApp(sealed: SealedApp): OAuthApp {
  const { row } = sealed
  const { manifest } = connectorById(row.connector)
  const overlaps = row.previousSecret && row.previousSecretUntil && row.previousSecretUntil > now()
  return {
    id: row.id,
    clientId: row.clientId,
    secret: secretIn(sealed),
    ...(overlaps && { previousSecret: open(sealed, 'previous_secret', row.previousSecret ?? '') }),
    server: serverOf(manifest, row.environment),
  }
}

/** Whether that is the secret that an app has. Throws `SealError`. */
export const hasSecret = async (tx: Tx, row: OAuthAppRow, secret: Secret): Promise<boolean> =>
  (await secretOf(tx, row)).is(secret)

const secretOf = async (tx: Tx, row: OAuthAppRow): Promise<Secret> =>
  secretIn({ row, key: await readDataKey(tx, owner(row)) })

const secretIn = (sealed: SealedApp): Secret => open(sealed, 'client_secret', sealed.row.clientSecret)

const open = ({ row, key }: SealedApp, column: 'client_secret' | 'previous_secret', sealed: string): Secret =>
  sealerBy(owner(row), key).open(place(column, row.id, row.secretGeneration), sealed)
