import { z } from 'zod'
import { controlAt } from '#lib/sandbox/test/control.ts'
import type { Stack } from './fixtures.ts'
import { noteSecret } from './secrets.ts'
import { unique } from './team.ts'

const tokenShape = z.object({ id: z.string(), token: z.string() })
const jobsShape = z.object({ jobs: z.array(z.looseObject({ shortcode: z.string(), title: z.string() })) })
const entryShape = z.looseObject({
  method: z.string(),
  host: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  tokenId: z.string().nullable(),
})

const accountsShape = z.object({
  accounts: z.array(z.looseObject({ id: z.string(), subdomain: z.string() })),
})
const issuedShape = z.object({
  client_secrets: z.array(z.string()),
  codes: z.array(z.string()),
  tokens: z.array(z.object({ access_token: z.string(), refresh_token: z.string().nullable() })),
})

/** An account of the sandbox that belongs to one test. */
export type Account = {
  subdomain: string
  name: string
  /** With its port. */
  host: string
  admin: { name: string; email: string }
}

export type Sandbox = ReturnType<typeof openSandbox>

const allScopes = ['r_jobs', 'r_candidates', 'w_candidates']

/** What a test does with the sandbox from behind, through its control API. */
export function openSandbox(stack: Stack) {
  const { host, port } = new URL(stack.sandboxOrigin)
  const control = controlAt(port)

  /** Makes an account with an admin of this address. */
  async function newAccount(wish: { email?: string; jobs?: readonly string[] } = {}): Promise<Account> {
    const subdomain = `t${unique()}`
    const admin = { name: 'Ines Marlow', email: wish.email ?? `ines@${subdomain}.example` }
    const account = { subdomain, name: `Company ${subdomain}`, host: `${subdomain}.${host}`, admin }
    const members = [{ ...admin, role: 'admin' }]
    await control('/accounts', 'POST', { subdomain, name: account.name, members })
    for (const title of wish.jobs ?? ['Baker', 'Miller']) await newJob(account, { title })
    return account
  }

  /** Makes a published job with three people in it. */
  async function newJob(account: Account, job: { title: string; state?: string }): Promise<string> {
    const path = `/accounts/${account.subdomain}`
    const answer = await control(`${path}/jobs`, 'POST', { jobs: [{ state: 'published', ...job }] })
    const shortcode = jobsShape.parse(answer).jobs[0]?.shortcode ?? ''
    const candidates = [
      { firstname: 'Amina', lastname: `Okafor ${job.title}` },
      { firstname: 'Björn', lastname: 'Ødegård' },
      { firstname: 'Chiara', lastname: 'Conti' },
    ]
    await control(`${path}/candidates`, 'POST', { job: shortcode, candidates })
    return shortcode
  }

  return {
    control,
    newAccount,
    newJob,
    /** What the API calls an account, whatever its subdomain becomes. */
    accountId: async ({ subdomain }: Account): Promise<string> => {
      const { accounts } = accountsShape.parse(await control('/accounts'))
      return accounts.find(each => each.subdomain === subdomain)?.id ?? ''
    },
    /** Makes a token, with all scopes unless told. */
    token: async (subdomain: string, wish: { scopes?: readonly string[] } = {}) => {
      const answer = await control(`/accounts/${subdomain}/tokens`, 'POST', { scopes: allScopes, ...wish })
      const made = tokenShape.parse(answer)
      noteSecret(made.token)
      return made
    },
    /** Every client secret, code and token of a sign-in that it has given out and still knows. */
    issued: async (): Promise<string[]> => {
      const { client_secrets, codes, tokens } = issuedShape.parse(await control('/oauth/secrets'))
      const pairs = tokens.flatMap(({ access_token, refresh_token }) => [access_token, refresh_token ?? ''])
      return [...client_secrets, ...codes, ...pairs].filter(Boolean)
    },
    revoke: (tokenId: string) => control(`/tokens/${tokenId}/revoke`, 'POST'),
    suspend: (subdomain: string, suspended = true) =>
      control(`/accounts/${subdomain}`, 'PATCH', { suspended }),
    /** Something goes wrong at one account's host, `times` times; null until it is taken away. Gives the fault's id. */
    fault: async (
      account: Account,
      fault: Record<string, unknown>,
      times: number | null,
      path = '/spi/v3/**',
    ) =>
      z
        .looseObject({ id: z.union([z.string(), z.number()]) })
        .parse(
          await control('/faults', 'POST', { path, host: account.host.replace(/:.*/, ''), times, fault }),
        ).id,
    endFault: (id: string | number) => control(`/faults/${id}`, 'DELETE'),
    /** The requests that a token made. */
    ledger: async (tokenId: string) => {
      const { entries } = z
        .object({ entries: z.array(entryShape) })
        .parse(await control(`/ledger?token=${tokenId}`))
      return entries
    },
  }
}
