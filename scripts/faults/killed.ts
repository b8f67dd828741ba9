import type { FailpointName } from '#lib/failpoint.ts'
import { begin } from './connected.ts'
import {
  type After,
  whileConnecting,
  whileDeleting,
  whileRefreshing,
  whileRefused,
  whileRevoking,
  whileUsing,
} from './kills.ts'
import type { Fault, Seen, Size, Stage } from './table.ts'

/** What is under way at each failpoint. */
const scenes = {
  flow_taken: whileConnecting,
  code_exchanged: whileConnecting,
  grant_kept: whileConnecting,
  accounts_listed: whileConnecting,
  check_requested: whileConnecting,
  connection_inserted: whileConnecting,
  credential_adopted: whileConnecting,
  connection_committed: whileConnecting,
  lease_taken: whileRefreshing,
  refresh_answered: whileRefreshing,
  pair_kept: whileRefreshing,
  refusal_kept: whileRefused,
  pair_used: whileUsing,
  pair_proven: whileUsing,
  grant_handed_over: whileDeleting,
  deletion_committed: whileDeleting,
  revocation_begun: whileRevoking,
  revocation_refreshed: whileRevoking,
  revocation_pair_kept: whileRevoking,
  revocation_asked: whileRevoking,
  revocation_proven: whileRevoking,
  revocation_settled: whileRevoking,
} as const satisfies Record<FailpointName, unknown>

const names = Object.keys(scenes) as FailpointName[]

/** Between an answer and its write nobody but the dead process knew of what was granted: no client can help that. */
const unknowable: readonly FailpointName[] = ['code_exchanged', 'revocation_refreshed']

/** A server that forgives a lost answer for five seconds forgives none to a process that died: its lease lives for 45. */
const graceSeconds = 120

/** So many are in a process when it dies: of refreshes as many as there may be at a time. */
const atOnce = 4
const runs = 50

const refreshes = new Set<unknown>([whileRefreshing, whileRefused, whileUsing])
const rotates = new Set<unknown>([...refreshes, whileRevoking])
const inFlight = (name: FailpointName): number => (refreshes.has(scenes[name]) ? atOnce : 10)

type Rotation = 'on_use' | 'grace' | 'none' | 'immediate'

const inMode = (rotation: Rotation): Fault => ({
  id: 'F-04',
  mode: rotation,
  run: async (stage, size) => [await killedIn(stage, size, rotation)],
})

/** F-04: killed by `kill -9` between every two side effects, in each rotation. */
export const killed: readonly Fault[] = [
  inMode('on_use'),
  inMode('grace'),
  inMode('none'),
  inMode('immediate'),
]

/** What fits into `npm test`: in each mode the one that rotation is about. */
const fewIn = (rotation: Rotation): readonly FailpointName[] =>
  rotation === 'on_use' ? ['code_exchanged', 'refresh_answered', 'revocation_asked'] : ['refresh_answered']

async function killedIn(stage: Stage, size: Size, rotation: Rotation): Promise<Seen> {
  await begin(stage, {
    refreshRotation: rotation,
    refreshGraceSeconds: graceSeconds,
    reuseRevokesFamily: true,
  })
  const sum: After = { runs: 0, lost: 0, undefinedRows: 0, orphans: 0 }
  const odd: string[] = []
  const chosen = size === 'short' ? fewIn(rotation) : names
  const todo = chosen.flatMap(name => Array.from({ length: killsAt(name, size) }, () => name)).values()
  const lane = async () => {
    for (const name of todo) {
      const after = await scenes[name](stage, name, size === 'short' ? 2 : inFlight(name)).catch(firstLine)
      if (typeof after === 'string') {
        odd.push(after)
        continue
      }
      for (const key of ['runs', 'lost', 'undefinedRows', 'orphans'] as const) sum[key] += after[key]
      if (!holdsAt(name, rotation, after)) odd.push(`${name} ${JSON.stringify(after)}`)
    }
  }
  await Promise.all([lane(), lane()])
  const strict = rotation === 'immediate'
  const forgives = strict ? 'lost at most what was in flight' : '0 lost'
  return {
    runs: sum.runs,
    asked: `${chosen.length} failpoints, ${rotation}${rotation === 'grace' ? ` ${graceSeconds} s` : ''}: ${forgives}, 0 undefined rows, no grant without owner but between answer and write`,
    seen: `${sum.lost} lost, ${sum.undefinedRows} undefined rows, ${sum.orphans} grants without owner${odd.length > 0 ? `: ${[...new Set(odd)].join('; ')}` : ''}`,
    holds: odd.length === 0,
  }
}

/** What rotates at a refresh is tried fifty times in each mode; what does not, fifty times over all four. */
function killsAt(name: FailpointName, size: Size): number {
  if (size === 'short') return 1
  const all = Math.ceil(runs / inFlight(name))
  return rotates.has(scenes[name]) ? all : Math.ceil(all / 4)
}

function holdsAt(name: FailpointName, rotation: Rotation, after: After): boolean {
  const mayLose = rotation === 'immediate' && name === 'refresh_answered' ? atOnce : 0
  const mayOrphan = unknowable.includes(name) ? after.runs : 0
  return after.lost <= mayLose && after.undefinedRows === 0 && after.orphans <= mayOrphan
}

/** A driver's error goes on with the parameters of its query. */
const firstLine = (error: unknown): string => String(error).split('\n')[0] ?? ''
