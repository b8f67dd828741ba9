import fc from 'fast-check'
import { z } from 'zod'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { provenAgo } from '#lib/members/testing.ts'
import type { SandboxControl } from '../sandbox.ts'
import { sequenceOf, sequences } from './commands.ts'
import { type Place, type Real, realOne } from './real.ts'
import { first, type Model } from './reference.ts'

const accounts = z.object({ accounts: z.array(z.looseObject({ id: z.string(), subdomain: z.string() })) })

const modes = ['on_use', 'immediate', 'grace', 'none'] as const
type Rotation = (typeof modes)[number]

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
  const rotations = fc.constantFrom(...modes)
  const property = fc.asyncProperty(sequences, rotations, (commands, rotation) =>
    follow(place, commands, rotation),
  )
  const told = await fc.check(property, { numRuns: count, seed })
  if (!told.failed) return undefined
  return `seed ${told.seed}, path ${told.counterexamplePath}: ${told.counterexample?.join(' / ')}: ${told.errorInstance}`
}

/** The same for one sequence, by the names of its commands: throws what differed. */
export async function runSequence(
  sandbox: SandboxControl,
  { names, rotation }: { names: readonly string[]; rotation: Rotation },
): Promise<void> {
  await follow(await placeAt(sandbox), sequenceOf(names), rotation)
}

async function follow(
  place: Place,
  commands: Parameters<typeof fc.asyncModelRun<Model, Real, false, Model>>[1],
  refreshRotation: Rotation,
): Promise<void> {
  await place.sandbox.set({ refreshRotation, refreshGraceSeconds: 1 })
  const real = await realOne(place)
  const model = first()
  await fc.asyncModelRun(() => ({ model, real }), commands)
  const owned = (model.alive ? 1 : 0) + model.revoking.filter(({ alive }) => alive).length
  const living = await real.living()
  await real.end()
  if (owned !== living) throw new Error(`${living} grants live, ${owned} are owned or revoked`)
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
