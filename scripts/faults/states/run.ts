import fc from 'fast-check'
import { z } from 'zod'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { provenAgo } from '#lib/members/testing.ts'
import type { SandboxControl } from '../sandbox.ts'
import { sequences } from './commands.ts'
import { realOne } from './real.ts'
import { first } from './reference.ts'

const accounts = z.object({ accounts: z.array(z.looseObject({ id: z.string(), subdomain: z.string() })) })

/**
 * Runs so many random sequences of commands, from a seed that repeats them, and compares the program with the reference after each
 * command; at the end of a sequence no grant lives at the server without somebody here who has it or revokes it. Gives what
 * differed, shrunk to the shortest sequence; undefined for nothing.
 */
export async function runSequences(
  sandbox: SandboxControl,
  { count, seed }: { count: number; seed: number },
): Promise<string | undefined> {
  const place = await placeAt(sandbox)
  const rotations = fc.constantFrom('on_use', 'immediate', 'grace', 'none')
  const property = fc.asyncProperty(sequences, rotations, async (commands, refreshRotation) => {
    await sandbox.set({ refreshRotation, refreshGraceSeconds: 1 })
    const real = await realOne(place)
    const model = first()
    await fc.asyncModelRun(() => ({ model, real }), commands)
    const owned = (model.alive ? 1 : 0) + model.revoking.filter(({ alive }) => alive).length
    const living = await real.living()
    await real.end()
    if (owned !== living) throw new Error(`${living} grants live, ${owned} are owned or revoked`)
  })
  const told = await fc.check(property, { numRuns: count, seed })
  if (!told.failed) return undefined
  return `seed ${told.seed}, path ${told.counterexamplePath}: ${told.counterexample?.join(' / ')}: ${told.errorInstance}`
}

async function placeAt(sandbox: SandboxControl) {
  await sandbox.set({ rateLimit: false })
  const { owner } = await makeWorkspace()
  const actor = await provenAgo(owner)
  await sqlClient()`update sessions set expires_at = now() + interval '7 days', proven_at = now() + interval '1 day' where id = ${actor.sessionId}`
  const known = accounts.parse(await sandbox.control('/accounts'))
  const accountId = known.accounts.find(({ subdomain }) => subdomain === 'larkfield')?.id ?? ''
  return { sandbox, actor, accountId }
}
