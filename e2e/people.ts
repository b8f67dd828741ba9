import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import type { MemberRole } from '#lib/actors.ts'
import type { Stack } from './fixtures.ts'

/** A person in a workspace of a test's own. She owns no partner, so that the set-up address of the run stays good. */
export type Guest = { userId: string; slug: string; workspaceId: string; email: string; password: string }

/** Makes a person with a role, in a new workspace or in that of another; `samples` are the 24 sample positions. */
export async function makeGuest(
  stack: Stack,
  how: { role: MemberRole; in?: Guest; samples?: boolean },
): Promise<Guest> {
  const { transaction, db } = await library(stack)
  const { partners, workspaces } = await import('#lib/db/schema/index.ts')
  const { hashPassword } = await import('#lib/crypto/password.ts')
  const { createUser } = await import('#lib/members/create-user.ts')
  const { addMember } = await import('#lib/members/add-member.ts')
  const { addSamples } = await import('#lib/positions/add-samples.ts')
  const password = `a long password ${randomUUID()}`
  const passwordHash = await hashPassword(password)
  const email = `${how.role}-${randomUUID()}@larkfield.example`
  const actor = { kind: 'system', task: 'e2e' } as const
  const partnerId = randomUUID()
  const workspaceId = how.in?.workspaceId ?? randomUUID()
  const slug = how.in?.slug ?? `larkfield-${workspaceId.slice(0, 8)}`
  if (!how.in) {
    await db().insert(partners).values({ id: partnerId, name: 'Corvane' })
    await db().insert(workspaces).values({ id: workspaceId, partnerId, slug, name: 'Larkfield Logistics' })
  }
  const userId = await transaction(async tx => {
    const person = { name: 'Mariana Oyelaran-Whitcombe', email, passwordHash, locale: 'en', timeZone: null }
    const id = await createUser(tx, person)
    const memberId = await addMember(tx, actor, { partnerId, workspaceId, userId: id, role: how.role })
    if (how.samples) await addSamples(tx, { workspaceId, owners: [memberId] })
    return id
  })
  return { userId, slug, workspaceId, email, password }
}

/** Gives a browser the session of a person, without the 220 ms of a password. */
export async function signIn(stack: Stack, context: BrowserContext, guest: Guest): Promise<void> {
  await library(stack)
  const { signedIn } = await import('../app/web/testing.ts')
  const [name = '', value = ''] = (await signedIn(guest)).split(/=(.*)/s)
  await context.addCookies([
    { name, value, url: stack.appUrl.replace('http:', 'https:'), httpOnly: true, sameSite: 'Lax' },
  ])
}

/** The program's own verbs on the database of this run: its environment has to be there before they are read. */
async function library(stack: Stack) {
  Object.assign(process.env, stack.env)
  return import('#lib/db/client.ts')
}
