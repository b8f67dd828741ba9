import { randomBytes } from 'node:crypto'
import type { MemberRole } from '#lib/actors.ts'

/** Somebody of a workspace made for one test. `cookie` is her browser's, after a sign-in. */
export type Person = {
  userId: string
  memberId: string
  name: string
  email: string
  role: MemberRole
  cookie: { name: string; value: string }
}

/** A workspace made for one test, with a person of each role and the sample positions. */
export type Team = {
  partnerId: string
  workspaceId: string
  slug: string
  name: string
  people: Readonly<Record<MemberRole, Person>>
}

export const password = 'harbour lantern tuesday oak'

/** Text that no other test has. */
export const unique = (): string => randomBytes(5).toString('hex')

const actor = { kind: 'system', task: 'e2e' } as const

/** Makes a workspace of a partner of its own. With `wish.password` its people can sign in by the form. */
export async function newTeam(
  wish: { password?: string; name?: string; samples?: boolean } = {},
): Promise<Team> {
  const { transaction } = await import('#lib/db/client.ts')
  const { createPartner } = await import('#lib/partners/create-partner.ts')
  const { createWorkspace } = await import('#lib/partners/create-workspace.ts')
  const { addMember } = await import('#lib/members/add-member.ts')
  const { addSamples } = await import('#lib/positions/add-samples.ts')
  const mark = unique()
  const name = wish.name ?? `Team ${mark}`
  const users = await newUsers(mark, wish.password)
  const made = await transaction(async tx => {
    const partnerId = await createPartner(tx, actor, { name: `Partner ${mark}`, ownerId: users.owner.userId })
    const workspace = await createWorkspace(tx, actor, { partnerId, name, ownerId: users.owner.userId })
    const { workspaceId } = workspace
    const memberOf = (role: MemberRole) =>
      addMember(tx, actor, { partnerId, workspaceId, userId: users[role].userId, role })
    const ids = {
      owner: workspace.memberId,
      admin: await memberOf('admin'),
      recruiter: await memberOf('recruiter'),
      viewer: await memberOf('viewer'),
    }
    if (wish.samples !== false) await addSamples(tx, { workspaceId, owners: [ids.owner] })
    return { ...workspace, partnerId, ids }
  })
  const person = async (role: MemberRole): Promise<Person> => ({
    ...users[role],
    role,
    memberId: made.ids[role],
    cookie: await cookieOf(users[role].userId),
  })
  return {
    partnerId: made.partnerId,
    workspaceId: made.workspaceId,
    slug: made.slug,
    name,
    people: {
      owner: await person('owner'),
      admin: await person('admin'),
      recruiter: await person('recruiter'),
      viewer: await person('viewer'),
    },
  }
}

async function newUsers(mark: string, secret: string | undefined) {
  const { db } = await import('#lib/db/client.ts')
  const { createUser } = await import('#lib/members/create-user.ts')
  const { hashPassword } = await import('#lib/crypto/password.ts')
  const passwordHash = secret ? await hashPassword(secret) : 'none'
  const user = async (name: string, role: MemberRole) => {
    const email = `${role}-${mark}@example.com`
    const userId = await createUser(db(), { name, email, passwordHash, locale: 'en', timeZone: null })
    return { userId, name, email }
  }
  return {
    owner: await user('Olga Brandt', 'owner'),
    admin: await user('Adama Sow', 'admin'),
    recruiter: await user('Rosa Lind', 'recruiter'),
    viewer: await user('Viktor Hale', 'viewer'),
  }
}

/** Signs a person in, without the form, and gives the cookie of her browser. */
export async function cookieOf(userId: string): Promise<Person['cookie']> {
  const { startSession } = await import('#lib/members/start-session.ts')
  const { sessionCookie } = await import('#lib/auth.ts')
  const browser = { userAgent: 'end-to-end', address: '127.0.0.1', timeZone: null }
  const { secret } = await startSession(userId, browser)
  const [pair = ''] = (await sessionCookie({ secret, userId })).split(';')
  const at = pair.indexOf('=')
  return { name: pair.slice(0, at), value: pair.slice(at + 1) }
}
