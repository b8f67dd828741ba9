import { createHash } from 'node:crypto'
import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { Secret } from '#lib/crypto/secret.ts'
import { hashToken, newSecret, sameText } from '#lib/crypto/tokens.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { prepared } from '#lib/db/prepared.ts'
import { oauthApps, oauthFlows } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { sealerBy, sealFor } from '#lib/keys/seal-for.ts'
import { appKeys, isKeyOfApp, type OAuthAppRow, type SealedApp } from '#lib/partners/oauth-apps.ts'
import { redirectUriOf } from './app.ts'
import { recordExpired } from './record-ended.ts'

/** The only reader and writer of flows: one attempt to sign in at an ATS, its one-time state, its PKCE verifier. */

export type Flow = typeof oauthFlows.$inferSelect

/** Minutes in which somebody has to come back. */
const lifeMinutes = 10

const owner = (app: { id: string; partnerId: string }) => ({
  workspaceId: app.partnerId,
  kind: 'oauth_app' as const,
  id: app.id,
})
const place = (rowId: string) => ({ table: 'oauth_flows', column: 'verifier', rowId, generation: 1 })

export type NewFlow = Pick<Flow, 'workspaceId' | 'linkSessionId' | 'memberId' | 'userId' | 'scopes'>

/**
 * Opens a flow for a person's walk, bound to the secret of a cookie in her browser. Gives what goes into the address of the
 * authorization endpoint: state (256 bits) and the S256 challenge of a verifier of its own (RFC 7636); both are kept by hash or
 * sealed only.
 */
export async function openFlow(
  tx: Tx,
  app: OAuthAppRow,
  of: NewFlow,
  binding: string,
): Promise<{ state: string; challenge: string; redirectUri: string }> {
  const id = newId()
  const [state, verifier] = [newSecret(), newSecret()]
  const redirectUri = redirectUriOf(app.id)
  await tx.insert(oauthFlows).values({
    id,
    ...of,
    appId: app.id,
    stateHash: hashToken(state),
    bindingHash: hashToken(binding),
    verifier: await sealFor(tx, owner(app), place(id), new Secret(verifier)),
    redirectUri,
    expiresAt: sql`now() + make_interval(mins => ${lifeMinutes})`,
  })
  return { state, redirectUri, challenge: createHash('sha256').update(verifier, 'ascii').digest('base64url') }
}

/**
 * Takes a flow out by its state, and reads its app with it: of many who come with the same one, one gets it. Undefined for a state
 * that nobody waits for, that is used up, or that is over.
 */
export async function takeFlow(state: string): Promise<{ flow: Flow; app: SealedApp } | undefined> {
  const [row] = await taking().execute({ stateHash: hashToken(state) })
  return row && { flow: row.taken, app: { row: row.oauth_apps, key: row.app_keys } }
}

const taking = prepared(database => {
  const isItsState = eq(oauthFlows.stateHash, sql.placeholder('stateHash'))
  const taken = database.$with('taken').as(
    database
      .delete(oauthFlows)
      .where(and(isItsState, gt(oauthFlows.expiresAt, sql`now()`)))
      .returning(),
  )
  return database
    .with(taken)
    .select()
    .from(taken)
    .innerJoin(oauthApps, eq(oauthApps.id, taken.appId))
    .leftJoin(appKeys, isKeyOfApp)
    .prepare('take_flow')
})

/** Whether a browser is the one in which the flow was started, by the secret of its cookie. */
export const isItsBrowser = (flow: Flow, binding: string | undefined): boolean =>
  binding !== undefined && sameText(flow.bindingHash, hashToken(binding))

/** The verifier of a flow that was taken. Throws `SealError`. */
export const verifierOf = (app: SealedApp, flow: Flow): Secret =>
  sealerBy(owner(app.row), app.key).open(place(flow.id), flow.verifier)

/** Forgets flows that nobody came back for, and says so in their workspaces' logs; called every minute by a task. */
export async function forgetOldFlows(): Promise<void> {
  await transaction(async tx => {
    const over = await tx
      .delete(oauthFlows)
      .where(lte(oauthFlows.expiresAt, sql`now()`))
      .returning({ linkSessionId: oauthFlows.linkSessionId, workspaceId: oauthFlows.workspaceId })
    await recordExpired(tx, over)
  })
}
