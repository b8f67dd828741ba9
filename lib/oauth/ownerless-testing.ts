import { and, eq, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readTokens, type Tokens } from '#lib/connections/credentials.ts'
import { db } from '#lib/db/client.ts'
import { candidateCredentials, connections, revocations } from '#lib/db/schema/index.ts'
import { openCandidate } from '#lib/link-sessions/candidate-credential.ts'
import { openRevocation } from './revocations.ts'

const listed = z.object({ grants: z.array(z.looseObject({ id: z.string(), person: z.string() })) })
const told = z.object({
  tokens: z.array(
    z.object({ grant_id: z.string(), access_token: z.string(), refresh_token: z.string().nullable() }),
  ),
})

/**
 * The grants that live at the sandbox and are nobody's here: no connection that is not deleted, no candidate credential of the last
 * hour and no revocation that waits holds one of their tokens. Empty is right. For tests.
 */
export async function ownerlessGrants(sandbox: {
  control(path: string): Promise<unknown>
}): Promise<{ id: string; person: string }[]> {
  const { grants } = listed.parse(await sandbox.control('/oauth/grants?alive=true'))
  if (grants.length === 0) return []
  const { tokens } = told.parse(await sandbox.control('/oauth/secrets'))
  const held = new Set(
    (await allHeld()).flatMap(({ access, refresh }) => [access.reveal(), refresh?.reveal() ?? '']),
  )
  const isHeld = (token: string | null) => token !== null && held.has(token)
  const owned = new Set(
    tokens.filter(pair => isHeld(pair.access_token) || isHeld(pair.refresh_token)).map(pair => pair.grant_id),
  )
  return grants.filter(({ id }) => !owned.has(id)).map(({ id, person }) => ({ id, person }))
}

async function allHeld(): Promise<Tokens[]> {
  return [...(await ofConnections()), ...(await ofWalks()), ...(await toRevoke())]
}

async function ofConnections(): Promise<Tokens[]> {
  const rows = await db()
    .select({ connectionId: connections.id, workspaceId: connections.workspaceId })
    .from(connections)
    .where(and(eq(connections.way, 'oauth'), ne(connections.status, 'deleted')))
  return (await Promise.all(rows.map(of => readTokens(db(), of)))).flat()
}

async function ofWalks(): Promise<Tokens[]> {
  const rows = await db()
    .select({ id: candidateCredentials.linkSessionId, workspaceId: candidateCredentials.workspaceId })
    .from(candidateCredentials)
    .where(sql`${candidateCredentials.accessToken} is not null`)
  return (await Promise.all(rows.map(walk => openCandidate(db(), walk)))).flatMap(one => one?.grant ?? [])
}

async function toRevoke(): Promise<Tokens[]> {
  const rows = await db().select().from(revocations).where(eq(revocations.state, 'waiting'))
  return Promise.all(rows.map(row => openRevocation(db(), row)))
}
