import type { Account, Sandbox } from '../sandbox.ts'
import { connectBySigningIn } from '../signed-in.ts'
import type { Team } from '../team.ts'
import { actorOf } from './actor.ts'

/** Connects an account of the sandbox, with a token of its own, in the owner's name. */
export async function newConnection(team: Team, sandbox: Sandbox, account: Account) {
  const { connectTo } = await import('#lib/connections/testing.ts')
  const wish = { name: `Workable, ${account.name}`, accountName: account.name }
  return connectTo(sandbox, actorOf(team, team.people.owner), account.subdomain, wish)
}

/** The same by a sign-in of the account's admin, through an app of the team's partner. */
export const newSignedIn = (team: Team, sandbox: Sandbox, account: Account, appId: string) =>
  connectBySigningIn(actorOf(team, team.people.owner), sandbox, account, appId)

/** The six sample numbers, the first of which a connection uses for calls. Gives its id. */
export async function newNumbers(team: Team, connectionId: string): Promise<string> {
  const { sqlClient, transaction } = await import('#lib/db/client.ts')
  const { addSampleNumbers } = await import('#lib/numbers/add-samples.ts')
  const { workspaceId, people } = team
  await transaction(tx => addSampleNumbers(tx, { workspaceId, owners: [people.owner.memberId] }))
  const sql = sqlClient()
  const [first] =
    await sql`select id from numbers where workspace_id = ${workspaceId} and carries_calls order by e164 limit 1`
  await sql`insert into connection_numbers (workspace_id, connection_id, number_id, use)
    values (${workspaceId}, ${connectionId}, ${String(first?.id)}, 'calls')`
  return String(first?.id)
}

/** Reminds the team of a connection whose key ends in ten days. */
export async function newNotice(team: Team, connectionId: string): Promise<void> {
  const { remindOf } = await import('#lib/notices/testing.ts')
  await remindOf(team, connectionId)
}

/** The connections that a workspace has, whatever state they are in. */
export async function connectionsOf(team: Team) {
  const { db } = await import('#lib/db/client.ts')
  const { connections } = await import('#lib/db/schema/index.ts')
  const { eq } = await import('drizzle-orm')
  return db().select().from(connections).where(eq(connections.workspaceId, team.workspaceId))
}
