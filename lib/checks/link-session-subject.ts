import { and, eq } from 'drizzle-orm'
import { accessForCandidate } from '#lib/connections/access.ts'
import { connectorById } from '#lib/connectors/registry.ts'
import { db } from '#lib/db/client.ts'
import { candidateCredentials, linkSessions, members, users } from '#lib/db/schema/index.ts'
import type { CheckRow, Subject } from './run.ts'

/**
 * What a run over a link session's candidate credential asks about. Undefined when there is nothing to ask about any more:
 * the session ended, the key's hour is over, or another key was typed since (its own run answers for it).
 */
export async function subjectOfLinkSession(check: CheckRow): Promise<Subject | undefined> {
  if (!check.linkSessionId) return undefined
  const [row] = await db()
    .select({ session: linkSessions, email: users.email, until: candidateCredentials.expiresAt })
    .from(linkSessions)
    .innerJoin(members, eq(members.id, linkSessions.startedBy))
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(candidateCredentials, eq(candidateCredentials.linkSessionId, linkSessions.id))
    .where(
      and(
        eq(linkSessions.id, check.linkSessionId),
        eq(linkSessions.workspaceId, check.workspaceId),
        eq(linkSessions.state, 'open'),
      ),
    )
  const { connector: connectorId, environment, answers } = row?.session ?? {}
  const subdomain = answers?.fields?.subdomain
  if (!row || !connectorId || !environment || !subdomain) return undefined
  const access = await accessForCandidate({
    id: row.session.id,
    workspaceId: check.workspaceId,
    connector: connectorById(connectorId),
    environment,
    subdomain,
    partnerClientId: answers?.fields?.partner_client_id,
  })
  if (!access || access.generation !== check.generation) return undefined
  return {
    connector: access.connector,
    api: access.api,
    context: { subdomain, permissions: answers?.permissions ?? 'read', email: row.email },
    until: row.until,
  }
}
