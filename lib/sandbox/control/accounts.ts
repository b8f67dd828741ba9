import { z } from 'zod'
import { originOf } from '../hosts.ts'
import { toHex } from '../ids.ts'
import { makeAccount } from '../make-account.ts'
import type { Account } from '../records.ts'
import type { Sandbox } from '../sandbox.ts'
import { accountOfPath, type ControlApp, readBody, refuse } from './context.ts'
import { addMember, checkEmails, memberSchema, memberSummary } from './members.ts'

/** Names that are Workable's own hosts, and so no account's. */
const reserved = new Set(['www', 'apply', 'oauth', 'help', 'jobs', 'api', 'app', 'status'])

const subdomainSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'is no name for a host: a to z, 0 to 9 and inner hyphens')
  .refine(name => !reserved.has(name), "is one of Workable's own hosts")

const newAccountSchema = z.strictObject({
  subdomain: subdomainSchema,
  name: z.string().min(1).max(200),
  summary: z.string().max(2000).nullable().default(null),
  suspended: z.boolean().default(false),
  members: z.array(memberSchema).max(10_000).default([]),
})

const changeSchema = z.strictObject({
  subdomain: subdomainSchema.optional(),
  name: z.string().min(1).max(200).optional(),
  suspended: z.boolean().optional(),
})

/** `/_control/accounts`: list, make, change, delete. */
export function accountControls(app: ControlApp, sandbox: Sandbox): void {
  app.get('/accounts', c =>
    c.json({ accounts: [...sandbox.state.accounts.values()].map(a => summary(sandbox, a)) }),
  )

  app.post('/accounts', async c => {
    const wish = await readBody(c, newAccountSchema)
    checkFree(sandbox, wish.subdomain)
    const { members, ...plain } = wish
    checkEmails(sandbox.state, null, members)
    const account = makeAccount(sandbox.state, { ...plain, createdAt: sandbox.now() })
    const made = members.map(member => memberSummary(addMember(sandbox.state, account, member)))
    sandbox.touched()
    return c.json({ ...summary(sandbox, account), members: made }, 201)
  })

  app.patch('/accounts/:subdomain', async c => {
    const account = accountOfPath(sandbox.state, c)
    const change = await readBody(c, changeSchema)
    if (change.subdomain !== undefined && change.subdomain !== account.subdomain) {
      checkFree(sandbox, change.subdomain)
      account.subdomain = change.subdomain
    }
    account.name = change.name ?? account.name
    account.suspended = change.suspended ?? account.suspended
    sandbox.touched()
    return c.json(summary(sandbox, account))
  })

  app.delete('/accounts/:subdomain', c => {
    removeAccount(sandbox, accountOfPath(sandbox.state, c))
    sandbox.touched()
    return c.body(null, 204)
  })
}

function summary(sandbox: Sandbox, account: Account) {
  const { id, subdomain, name, suspended } = account
  return {
    id: toHex(id),
    subdomain,
    name,
    suspended,
    back_office: `${originOf(sandbox.port, subdomain)}/backend`,
  }
}

function checkFree(sandbox: Sandbox, subdomain: string): void {
  for (const account of sandbox.state.accounts.values()) {
    if (account.subdomain === subdomain) refuse(409, `There is an account "${subdomain}" already`)
  }
}

function removeAccount({ state }: Sandbox, account: Account): void {
  const tables = [
    state.members,
    state.departments,
    state.pipelines,
    state.jobs,
    state.candidates,
    state.tokens,
  ]
  for (const table of tables) {
    for (const record of table.values()) if (record.accountId === account.id) table.delete(record.id)
  }
  state.accounts.delete(account.id)
}
