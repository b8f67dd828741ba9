import { now } from '#lib/clock.ts'
import type { Tx } from '#lib/db/client.ts'
import { positions } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { searchText } from './fields.ts'
import { samples } from './samples.ts'

const day = 24 * 3600 * 1000

/** Fills a workspace with the sample positions, a day apart, shared out among `owners` (member ids, at least one). */
export async function addSamples(
  tx: Tx,
  to: { workspaceId: string; owners: readonly string[] },
): Promise<void> {
  const newest = now().getTime()
  const rows = samples.map((sample, index) => ({
    ...sample,
    id: newId(),
    workspaceId: to.workspaceId,
    ownerId: to.owners[index % to.owners.length] ?? '',
    search: searchText(sample),
    createdAt: new Date(newest - index * day),
  }))
  await tx.insert(positions).values(rows)
}
