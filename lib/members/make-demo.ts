import { eq } from 'drizzle-orm'
import type { MemberRole, SystemActor } from '#lib/actors.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { users, workspaces } from '#lib/db/schema/index.ts'
import { addSampleNumbers } from '#lib/numbers/add-samples.ts'
import { createPartner } from '#lib/partners/create-partner.ts'
import { createWorkspace } from '#lib/partners/create-workspace.ts'
import { addSamples } from '#lib/positions/add-samples.ts'
import { addMember } from './add-member.ts'
import { createUser } from './create-user.ts'
import { hasOwner } from './set-up.ts'

export type DemoPerson = { name: string; email: string; role: MemberRole }

/** The invented people of the demo; the sandbox knows the first three by the same addresses. */
export const demoPeople = [
  { name: 'Mariana Oyelaran-Whitcombe', email: 'mariana@larkfield.example', role: 'owner' },
  { name: 'Jonas Fairweather', email: 'jonas@larkfield.example', role: 'recruiter' },
  { name: 'Priya Raghunathan', email: 'priya@larkfield.example', role: 'recruiter' },
  { name: 'Tom Ashdown', email: 'tom@larkfield.example', role: 'viewer' },
] as const satisfies readonly DemoPerson[]

const slug = 'larkfield-logistics'
const actor: SystemActor = { kind: 'system', task: 'demo' }

/**
 * Makes the demo once: a partner, a workspace, an owner, two recruiters, a viewer, 24 positions and six numbers. When it is there already
 * nothing changes; when somebody else has set Gangway up, nothing is made.
 *
 * @param passwords by e-mail address
 */
export async function makeDemo(passwords: ReadonlyMap<string, string>): Promise<'made' | 'there' | 'taken'> {
  if (await isThere()) return 'there'
  if (await hasOwner()) return 'taken'
  const people = await Promise.all(
    demoPeople.map(async person => ({
      ...person,
      passwordHash: await hashPassword(passwords.get(person.email) ?? ''),
    })),
  )
  await transaction(tx => fill(tx, people))
  return 'made'
}

async function isThere(): Promise<boolean> {
  const [owner] = demoPeople
  return transaction(async tx => {
    const people = await tx.select({ id: users.id }).from(users).where(eq(users.email, owner.email))
    const places = await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.slug, slug))
    return people.length > 0 && places.length > 0
  })
}

async function fill(tx: Tx, people: readonly (DemoPerson & { passwordHash: string })[]): Promise<void> {
  const ids = new Map<string, string>()
  for (const { role, ...person } of people) {
    ids.set(person.email, await createUser(tx, { ...person, locale: 'en', timeZone: null }))
  }
  const ownerId = ids.get(demoPeople[0].email) ?? ''
  const partnerId = await createPartner(tx, actor, { name: 'Corvane', ownerId })
  const made = await createWorkspace(tx, actor, { partnerId, name: 'Larkfield Logistics', ownerId })
  const { workspaceId } = made
  const owners = [made.memberId]
  for (const { email, role } of people) {
    if (role === 'owner') continue
    const memberId = await addMember(tx, actor, {
      partnerId,
      workspaceId,
      userId: ids.get(email) ?? '',
      role,
    })
    if (role === 'recruiter') owners.push(memberId)
  }
  await addSamples(tx, { workspaceId, owners })
  await addSampleNumbers(tx, { workspaceId, owners })
}
