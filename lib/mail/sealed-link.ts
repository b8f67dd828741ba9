import { and, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { Secret } from '#lib/crypto/secret.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of the one-time address in a mail: sealed from the moment it is made until it is sent. */

const aRun = 500

type Mail = Pick<typeof mails.$inferSelect, 'id' | 'partnerId'>

const owner = ({ id, partnerId }: Mail) => ({ workspaceId: partnerId, kind: 'mail' as const, id })
const place = ({ id }: Mail) => ({ table: 'mails', column: 'sealed_link', rowId: id, generation: 1 })

/** Seals the path of a one-time address for its mail, in the transaction that writes the row. */
export const sealLink = (tx: Tx, mail: Mail, path: string): Promise<string> =>
  sealFor(tx, owner(mail), place(mail), new Secret(path))

/** The path in a mail, to put into its text. SealError when it is gone or cannot be opened. */
export const openLink = async (tx: Tx, mail: Mail, sealed: string): Promise<string> =>
  (await openFor(tx, owner(mail), place(mail), sealed)).reveal()

/** Destroys the data key of a mail's address: nobody can open it any more. */
export const shredLink = (tx: Tx, mail: Mail): Promise<boolean> => shredDataKey(tx, owner(mail))

/** Destroys the addresses that have ended. Gives how many; called every minute by a task. */
export async function shredEndedLinks(): Promise<number> {
  return transaction(async tx => {
    const ended = await tx
      .select({ id: mails.id, partnerId: mails.partnerId })
      .from(mails)
      .where(and(isNotNull(mails.sealedLink), lte(mails.linkExpiresAt, sql`now()`)))
      .limit(aRun)
      .for('update', { skipLocked: true })
    for (const mail of ended) await forget(tx, mail)
    return ended.length
  })
}

/**
 * Destroys the address in every mail to somebody about a workspace that is not out yet, in the transaction that makes it worthless:
 * such a mail is not sent any more.
 */
export async function endUnsentLinks(
  tx: Tx,
  { workspaceId, email }: { workspaceId: string; email: string },
): Promise<void> {
  const unsent = await tx
    .select({ id: mails.id, partnerId: mails.partnerId })
    .from(mails)
    .where(
      and(
        isNotNull(mails.sealedLink),
        eq(mails.workspaceId, workspaceId),
        eq(sql`lower(${mails.toAddress})`, email.toLowerCase()),
      ),
    )
    .for('update')
  for (const mail of unsent) await forget(tx, mail)
}

async function forget(tx: Tx, mail: Mail): Promise<void> {
  await shredLink(tx, mail)
  const now = sql`least(${mails.linkExpiresAt}, now())`
  await tx.update(mails).set({ sealedLink: null, linkExpiresAt: now }).where(eq(mails.id, mail.id))
}
