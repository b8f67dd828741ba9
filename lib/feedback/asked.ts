import { eq } from 'drizzle-orm'
import type { MemberActor } from '#lib/actors.ts'
import { db } from '#lib/db/client.ts'
import { atsRequests } from '#lib/db/schema/index.ts'

const most = 500

/** The names of the ATSs that this workspace has asked for, in lower case. */
export async function askedFor(actor: MemberActor): Promise<ReadonlySet<string>> {
  const rows = await db()
    .select({ name: atsRequests.name })
    .from(atsRequests)
    .where(eq(atsRequests.workspaceId, actor.workspaceId))
    .limit(most)
  return new Set(rows.map(row => row.name.toLowerCase()))
}
