import type { Tx } from '#lib/db/client.ts'
import { numbers } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'

type Sample = { e164: string; label: string; carries: 'calls' | 'messages' | 'both' }

/** Invented numbers, each out of a range that its country keeps for films and books: Ofcom, ARCEP, Bundesnetzagentur, PTS, NANPA. */
export const sampleNumbers = [
  { e164: '+442079460142', label: 'London hiring desk', carries: 'both' },
  { e164: '+441174960147', label: 'Avonmouth depot', carries: 'calls' },
  { e164: '+46701740618', label: 'Night shift recruiting, mobile', carries: 'both' },
  { e164: '+494066969173', label: 'Hamburg engineering', carries: 'calls' },
  { e164: '+33199005512', label: 'Le Havre customs team', carries: 'both' },
  { e164: '+12025550164', label: 'Shortlist texts', carries: 'messages' },
] as const satisfies readonly Sample[]

/** Gives a workspace the sample numbers, shared out among `owners` (member ids, at least one). */
export async function addSampleNumbers(
  tx: Tx,
  to: { workspaceId: string; owners: readonly string[] },
): Promise<void> {
  const rows = sampleNumbers.map(({ e164, label, carries }, index) => ({
    id: newId(),
    workspaceId: to.workspaceId,
    e164,
    label,
    ownerId: to.owners[index % to.owners.length] ?? '',
    carriesCalls: carries !== 'messages',
    carriesMessages: carries !== 'calls',
  }))
  await tx.insert(numbers).values(rows)
}
