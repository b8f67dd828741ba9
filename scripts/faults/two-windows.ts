import { eq } from 'drizzle-orm'
import { db } from '#lib/db/client.ts'
import { connections, revocations } from '#lib/db/schema/index.ts'
import { readWalk } from '#lib/link-sessions/read.ts'
import { begin } from './connected.ts'
import { startWorkers, type Worker } from './processes.ts'
import type { Fault, Stage } from './table.ts'
import { use } from './verbs.ts'
import { allowed, goOn, list, newWalk, type SignIn } from './walks.ts'

/** What people do to the window of a sign-in. Each ends with a walk at the accounts. */
const ways: Record<string, (stage: Stage, walk: SignIn, processes: readonly Worker[]) => Promise<void>> = {
  'closed, and opened again': async (stage, walk, [one]) => {
    await walk.start()
    await one?.ask('comeBack', await allowed(stage, walk))
  },
  'reloaded after it has come back': async (stage, walk, [one, other]) => {
    const callback = await allowed(stage, walk)
    await one?.ask('comeBack', callback)
    await other?.ask('comeBack', callback)
  },
  'comes back twice at once': async (stage, walk, processes) => {
    const callback = await allowed(stage, walk)
    await Promise.all(processes.map(process => process.ask('comeBack', callback)))
  },
  'two of them, on two devices': async (stage, walk, [one, other]) => {
    const [first, second] = [await allowed(stage, walk), await allowed(stage, walk)]
    await Promise.all([one?.ask('comeBack', first), other?.ask('comeBack', second)])
  },
  'back, and through again': async (stage, walk, [one, other]) => {
    await one?.ask('comeBack', await allowed(stage, walk))
    await other?.ask('comeBack', await allowed(stage, walk))
  },
}

const inShort = ['comes back twice at once', 'two of them, on two devices']

/** F-34: closed, reloaded, back, twice, on two devices; what the browser itself does of it is walked in `e2e/`. */
export const twoWindows: Fault = {
  id: 'F-34',
  run: async (stage, size) => {
    await begin(stage)
    const processes = await startWorkers(2)
    const odd: string[] = []
    const turns = size === 'short' ? 1 : 20
    const names = Object.entries(ways).filter(([name]) => size === 'long' || inShort.includes(name))
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, way] of names) {
        const wrong = await walked(stage, processes, way)
        if (wrong) odd.push(`${name}: ${wrong}`)
      }
    }
    await Promise.all(processes.map(process => process.kill()))
    return [
      {
        runs: turns * names.length,
        asked:
          'the window closed, reloaded, back, twice, on two devices, and Use this account pressed twice: one connection that works, no grant without owner',
        seen: odd.length === 0 ? 'so it was' : [...new Set(odd)].join('; '),
        holds: odd.length === 0,
      },
    ]
  },
}

async function walked(
  stage: Stage,
  processes: Worker[],
  way: (typeof ways)[string],
): Promise<string | undefined> {
  const walk = await newWalk(stage)
  await way(stage, walk, processes)
  const at = { user: walk.user, sessionId: walk.sessionId }
  if ((await list(at)).length === 0) return 'no account is offered'
  // Pressed twice, in two processes.
  await Promise.allSettled(processes.map(process => process.ask('choose', at)))
  // Both tries together may be more than the account's pace allows: then the doctor's page is next, and she goes on from there.
  await goOn(stage, walk)
  const { progress } = await readWalk(walk.user, walk.sessionId)
  const made = await db().select().from(connections).where(eq(connections.workspaceId, walk.workspaceId))
  const handed = await db().$count(revocations, eq(revocations.workspaceId, walk.workspaceId))
  const living = await stage.sandbox.livingGrants(walk.app.clientId)
  const [one] = made
  if (made.length !== 1 || progress.connectionId !== one?.id) return `${made.length} connections`
  if (typeof (await use(one.id)) !== 'number') return 'it does not work'
  return living === 1 + handed ? undefined : `${living} grants live, ${handed} handed over`
}
