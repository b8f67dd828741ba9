import { eq } from 'drizzle-orm'
import type { Tx } from '#lib/db/client.ts'
import { partners } from '#lib/db/schema/index.ts'

/** Nobody else enters or removes what is one of a kind at the partner (an OAuth app, a customer) until this transaction ends. */
export async function holdPartner(tx: Tx, partnerId: string): Promise<void> {
  await tx.select({ id: partners.id }).from(partners).where(eq(partners.id, partnerId)).for('no key update')
}
