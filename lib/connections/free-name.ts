import { and, eq, ne } from 'drizzle-orm'
import type { RemoteAccount } from '#lib/connectors/remote.ts'
import type { Tx } from '#lib/db/client.ts'
import { connections } from '#lib/db/schema/index.ts'

/** The name that was wished for; with the account's subdomain behind it where another living connection has that name. */
export async function freeName(
  tx: Tx,
  workspaceId: string,
  wished: string,
  account: RemoteAccount,
): Promise<string> {
  const [taken] = await tx
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.workspaceId, workspaceId),
        eq(connections.name, wished),
        ne(connections.status, 'deleted'),
      ),
    )
    .limit(1)
  return taken ? `${wished} (${account.subdomain})` : wished
}
