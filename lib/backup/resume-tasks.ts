import { eq, inArray } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { checks, connections, mails, revocations } from '#lib/db/schema/index.ts'
import { sendTask } from '#lib/queue/send.ts'

/**
 * Puts the tasks that waited when the backup was made into the new queue. The queue itself is not in a backup: what waits can be
 * told from the rows that wait for it, and what runs by the clock comes by itself.
 */
export async function resumeTasks(): Promise<void> {
  const waitingMails = await db().select({ id: mails.id }).from(mails).where(eq(mails.state, 'queued'))
  for (const { id } of waitingMails) await sendTask(db(), 'send-mail', { mailId: id })
  const waitingChecks = await db()
    .select({ id: checks.id })
    .from(checks)
    .where(inArray(checks.state, ['queued', 'running', 'waiting']))
  for (const { id } of waitingChecks) await sendTask(db(), 'check-credential', { checkId: id })
  const fetching = await db()
    .select({ id: connections.id })
    .from(connections)
    .where(eq(connections.jobsState, 'fetching'))
  for (const { id } of fetching) await sendTask(db(), 'fetch-jobs', { connectionId: id })
  const toRevoke = await db()
    .select({ id: revocations.id })
    .from(revocations)
    .where(eq(revocations.state, 'waiting'))
  for (const { id } of toRevoke) await sendTask(db(), 'revoke-grant', { revocationId: id })
}
