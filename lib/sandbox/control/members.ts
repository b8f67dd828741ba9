import { z } from 'zod'
import { toHex } from '../ids.ts'
import { type Account, type Member, memberRoles } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { keep, nextId, type State } from '../state.ts'
import { accountOfPath, type ControlApp, ownRecord, readBody, refuse } from './context.ts'

/** A member that is to be made. */
export const memberSchema = z.strictObject({
  name: z.string().min(1).max(200),
  email: z.email().max(254),
  role: z.enum(memberRoles).default('simple'),
  headline: z.string().max(200).nullable().default(null),
  active: z.boolean().default(true),
})

const manySchema = z.strictObject({ members: z.array(memberSchema).min(1).max(10_000) })

const changeSchema = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  email: z.email().max(254).optional(),
  role: z.enum(memberRoles).optional(),
  active: z.boolean().optional(),
})

/** `/_control/accounts/:subdomain/members`: list, make, change. */
export function memberControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/accounts/:subdomain/members', c => {
    const account = accountOfPath(sandbox.state, c)
    const members = [...sandbox.state.members.values()].filter(member => member.accountId === account.id)
    return c.json({ members: members.map(memberSummary) })
  })

  app.post('/accounts/:subdomain/members', async c => {
    const account = accountOfPath(sandbox.state, c)
    const { members } = await readBody(c, manySchema)
    checkEmails(sandbox.state, account, members)
    const made = members.map(member => memberSummary(addMember(sandbox.state, account, member)))
    sandbox.touched()
    return c.json({ members: made }, 201)
  })

  app.patch('/accounts/:subdomain/members/:id', async c => {
    const account = accountOfPath(sandbox.state, c)
    const member = ownRecord(sandbox.state.members, account, c, 'member')
    const change = await readBody(c, changeSchema)
    if (change.email !== undefined && change.email !== member.email) {
      checkEmails(sandbox.state, account, [{ email: change.email }])
    }
    member.name = change.name ?? member.name
    member.email = change.email ?? member.email
    member.role = change.role ?? member.role
    member.active = change.active ?? member.active
    sandbox.touched()
    return c.json(memberSummary(member))
  })
}

/** Refuses e-mail addresses that are a member's of the account already, or twice among the wishes. */
export function checkEmails(
  state: State,
  account: Account | null,
  wishes: readonly { email: string }[],
): void {
  const own = [...state.members.values()].filter(member => member.accountId === account?.id)
  const taken = new Set(own.map(member => member.email))
  for (const { email } of wishes) {
    if (taken.has(email)) refuse(409, `There would be two members with ${email}`)
    taken.add(email)
  }
}

/** Adds a member to an account. */
export function addMember(state: State, account: Account, wish: z.infer<typeof memberSchema>): Member {
  return keep(state.members, { id: nextId(state, 'members'), accountId: account.id, ...wish })
}

/** A member as the control API tells of her. */
export function memberSummary({ id, name, email, role, active }: Member) {
  return { id: toHex(id), name, email, role, active }
}
