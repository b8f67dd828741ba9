import { z } from 'zod'
import { createApi } from '#lib/ats/api.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { newId } from '#lib/ids.ts'
import { startSandbox } from '#lib/sandbox/server.ts'
import { controlAt } from '#lib/sandbox/test/control.ts'
import type { Api } from '../api.ts'
import type { Finding, Permissions } from '../contract.ts'
import { checks } from './checks.ts'
import { manifest } from './manifest.ts'

const tokenSchema = z.object({ id: z.string(), token: z.string() })
const entrySchema = z.looseObject({
  seq: z.number(),
  method: z.string(),
  host: z.string(),
  path: z.string(),
  status: z.number().nullable(),
  tokenId: z.string().nullable(),
})
export type LedgerEntry = z.infer<typeof entrySchema>

/** A sandbox for one test file, and what a test does with it through its control API. */
export type TestSandbox = Awaited<ReturnType<typeof openSandbox>>

/**
 * Starts a sandbox and makes it the one that this process talks to. To be called once, at the top of a test file, before
 * anything reads the environment. `stop` belongs into `afterAll`.
 */
export async function openSandbox() {
  const sandbox = await startSandbox({ port: 0 })
  process.env.SANDBOX_ORIGIN = sandbox.origin
  const control = controlAt(sandbox.port)
  return {
    origin: sandbox.origin,
    control,
    stop: () => everyGrantIsOwned(control).finally(() => sandbox.stop()),
    token: async (account: string, wish: { scopes?: string[] } = {}) =>
      tokenSchema.parse(await control(`/accounts/${account}/tokens`, 'POST', wish)),
    set: (switches: Record<string, unknown>) => control('/switches', 'PATCH', switches),
    fault: (path: string, fault: Record<string, unknown>, times: number | null = 1) =>
      control('/faults', 'POST', { path, times, fault }),
    ledger: async (tokenId?: string): Promise<LedgerEntry[]> => {
      const { entries } = z.object({ entries: z.array(entrySchema) }).parse(await control('/ledger'))
      return tokenId ? entries.filter(entry => entry.tokenId === tokenId) : entries
    },
  }
}

/** What no test may leave behind. */
async function everyGrantIsOwned(control: (path: string) => Promise<unknown>): Promise<void> {
  if (!('gangwayDatabase' in globalThis)) return
  const { ownerlessGrants } = await import('#lib/oauth/ownerless-testing.ts')
  const ownerless = await ownerlessGrants({ control })
  if (ownerless.length > 0) throw new Error(`grants live that nobody here owns: ${JSON.stringify(ownerless)}`)
}

/** An `Api` of a sandbox account, with a pace of its own unless told. */
export const apiOf = (
  subdomain: string,
  key: string,
  options: { partner?: string; pace?: string } = {},
): Api =>
  createApi({
    manifest,
    environment: 'sandbox',
    subdomain,
    secret: new Secret(key),
    paceKey: options.pace ?? newId(),
    ...(options.partner ? { extra: { partner_client_id: options.partner } } : {}),
  })

/** Runs the doctor as the core does: in order, each check told what the ones before have found. */
export async function examine(
  api: Api,
  about: { subdomain: string; permissions?: Permissions; email?: string },
): Promise<Finding[]> {
  const findings: Finding[] = []
  const context = { permissions: 'read_write', email: 'mariana@larkfield.example', ...about } as const
  for (const check of checks) findings.push(await check.run(api, { ...context, findings }))
  return findings
}

/** `account passed/passed`, one line a finding. */
export const inShort = (findings: readonly Finding[]): string[] =>
  findings.map(({ check, state, detail }) => `${check} ${state}/${detail}`)
