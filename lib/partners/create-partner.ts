import type { Actor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { partnerMembers, partners } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { keepGivenApps } from './keep-given-apps.ts'

/** Makes a partner and its owner; the first one has the OAuth apps that the environment says. */
export async function createPartner(
  tx: Tx,
  actor: Actor,
  input: { name: string; ownerId: string },
): Promise<string> {
  const id = newId()
  await tx.insert(partners).values({ id, name: input.name })
  await tx.insert(partnerMembers).values({ id: newId(), partnerId: id, userId: input.ownerId, role: 'owner' })
  await record(tx, actor, { name: 'partner.created', subject: { kind: 'partner', id }, partnerId: id })
  await keepGivenApps(tx, id)
  return id
}
