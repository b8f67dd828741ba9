import { spawn } from 'node:child_process'
import { z } from 'zod'
import { controlAt } from '../../lib/sandbox/test/control.ts'
import { root } from '../checks/check.ts'
import { watched } from './children.ts'

const started = /^Workable sandbox at (http:\S+)$/m

const entry = z.looseObject({ at: z.union([z.string(), z.number()]), status: z.number().nullable() })
const ledger = z.object({ entries: z.array(entry) })
const grants = z.object({
  grants: z.array(
    z.object({
      id: z.string(),
      tokens: z.array(
        z.looseObject({
          refresh_token_live: z.boolean(),
          revoked_at: z.union([z.string(), z.number()]).nullable(),
        }),
      ),
    }),
  ),
})

/** The control API of a sandbox (`lib/sandbox/README.md`). */
export type SandboxControl = ReturnType<typeof controlOf>

/** The control API of the sandbox at an origin. */
export function controlOf(origin: string) {
  const control = controlAt(new URL(origin).port)
  return {
    origin,
    control,
    set: (switches: Record<string, unknown>) => control('/switches', 'PATCH', switches),
    fault: (path: string, fault: Record<string, unknown>, times: number | null = 1, after = 0) =>
      control('/faults', 'POST', { path, times, after, fault }),
    heal: () => control('/faults', 'DELETE'),
    /** When each request to the token endpoint came, since the ledger was emptied; milliseconds. */
    tokenRequests: async (): Promise<number[]> => {
      const { entries } = ledger.parse(await control('/ledger?path=/oauth/token&limit=100000'))
      return entries.map(({ at }) => new Date(at).getTime())
    },
    /** How many requests there were to the API since then. */
    apiRequests: async (): Promise<number> =>
      ledger.parse(await control('/ledger?area=api&limit=100000')).entries.length,
    /** The truth about an app: how many of its grants can still be refreshed. A pair that ends with its grace by itself cannot. */
    livingGrants: async (clientId: string): Promise<number> => {
      const found = grants.parse(await control(`/oauth/grants?client_id=${clientId}`)).grants
      return found.filter(({ tokens }) =>
        tokens.some(pair => pair.refresh_token_live && pair.revoked_at === null),
      ).length
    },
  }
}

/** A sandbox with a process of its own. */
export type SandboxProcess = Awaited<ReturnType<typeof startSandboxProcess>>

/** Starts a sandbox in a process of its own. */
export async function startSandboxProcess() {
  const child = spawn(process.execPath, ['lib/sandbox/main.ts'], {
    cwd: root,
    env: { ...process.env, SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = watched(child)
  return {
    ...controlOf(await originOf(child.stdout)),
    stop: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

async function originOf(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const part of stdout) {
    text += String(part)
    const [, origin] = started.exec(text) ?? []
    if (origin) return origin
  }
  throw new Error('the sandbox did not start')
}
