import { Secret } from '#lib/crypto/secret.ts'
import type { Tx } from '#lib/db/client.ts'
import type { mails } from '#lib/db/schema/index.ts'
import { shredDataKey } from '#lib/keys/data-keys.ts'
import { openFor, sealFor } from '#lib/keys/seal-for.ts'

/** The only reader and writer of the one-time address in a mail: sealed from the moment it is made until it is sent. */

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
