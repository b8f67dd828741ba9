import type { Tx } from '#lib/db/client.ts'
import { identities, users } from '#lib/db/schema/index.ts'
import { newId } from '#lib/ids.ts'

export type NewUser = {
  name: string
  email: string
  passwordHash: string
  locale: string
  /** IANA zone; null until a browser has told it. */
  timeZone: string | null
}

/** Makes a sign-in with a password. Whoever calls has checked that the person may have one. */
export async function createUser(tx: Tx, user: NewUser): Promise<string> {
  const { passwordHash, ...person } = user
  const id = newId()
  await tx.insert(users).values({ id, ...person })
  await tx.insert(identities).values({ id: newId(), userId: id, kind: 'password', passwordHash })
  return id
}
