import { now } from '#lib/clock.ts'
import type { Tx } from '#lib/db/client.ts'
import type { connections } from '#lib/db/schema/index.ts'
import { sendTask } from '#lib/queue/send.ts'

const fresh = 5 * 60 * 1000

type Fetched = Pick<typeof connections.$inferSelect, 'id' | 'status' | 'jobsFetchedAt'>

/** Has an account's jobs fetched anew unless that was a moment ago: what was added there since is wanted in the list. */
export async function refreshJobs(tx: Tx, { id, status, jobsFetchedAt }: Fetched): Promise<void> {
  const known = jobsFetchedAt && now().getTime() - jobsFetchedAt.getTime() < fresh
  if (status !== 'inactive' && !known) await sendTask(tx, 'fetch-jobs', { connectionId: id })
}
