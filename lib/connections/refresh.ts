import { setTimeout as sleep } from 'node:timers/promises'
import { now } from '#lib/clock.ts'
import { turns } from '#lib/crypto/turns.ts'
import { takeProbe } from '#lib/oauth/stop-app.ts'
import { exchangeTokens } from './exchange-tokens.ts'
import { type Connection, keptAlive, type Look, lookAt, takeLease, type Wish } from './lease.ts'

/** How the wish for fresh tokens ended: the row has them, not before then, or never. */
export type Refreshed =
  | { kind: 'fresh' }
  | { kind: 'later'; problem: Connection['refreshProblem']; retryAt: Date | undefined }
  | { kind: 'dead' }

/** So long does somebody wait for tokens that another one fetches: the token endpoint's half minute, and the write. */
const patienceMs = 35_000
const lookEveryMs = 250
/** So often does one flight ask. */
const mostTries = 2
/** A next try so soon is waited for. */
const soonSeconds = 2

/** A server that keeps the pair before for a moment forgives a lost answer to few at a time: what a process loses when it dies. */
const inFlight = 4

// Next bundles this file more than once a process: one flight a connection, and so many at once, for all copies.
const kept = globalThis as typeof globalThis & {
  gangwayRefreshes?: { flights: Map<string, Promise<Refreshed>>; turn: ReturnType<typeof turns> }
}
function shared() {
  kept.gangwayRefreshes ??= { flights: new Map(), turn: turns(inFlight, Number.POSITIVE_INFINITY) }
  return kept.gangwayRefreshes
}

/**
 * Has a connection's tokens refreshed, once for all who wait, in this process and in all others: whoever gets the lease asks, the
 * others look at the row. `wish.version` is that of the tokens that are not good enough; a newer one is `fresh`.
 */
export function refresh(wish: Wish): Promise<Refreshed> {
  const { flights } = shared()
  const key = [wish.of.connectionId, wish.version].join(' ')
  const running = flights.get(key)
  if (running) return running
  const flight = fly(wish).finally(() => flights.delete(key))
  flights.set(key, flight)
  return flight
}

/** Waits until no refresh is under way in this process: none of them is broken off when it ends. */
export async function refreshesEnded(): Promise<void> {
  await Promise.allSettled(shared().flights.values())
}

async function fly(wish: Wish): Promise<Refreshed> {
  const until = now().getTime() + patienceMs
  let tries = 0
  for (;;) {
    const look = await lookAt(wish.of)
    const answer = look && verdict(look, wish, tries > 0)
    if (!look || answer === 'dead') return { kind: 'dead' }
    if (answer === 'fresh') return { kind: 'fresh' }
    if (tries > (wish.probe ? 0 : mostTries) || now().getTime() > until) return later(look)
    if (look.leased) await sleep(lookEveryMs)
    else if (look.waits) {
      // The first lost answer is asked for again at once: servers that forgive one do so for seconds.
      if (wish.probe || tries === mostTries || look.dueIn > soonSeconds) return later(look)
      await sleep(look.dueIn * 1000 + 100 + Math.random() * 700)
    } else if (mayAsk(look, wish)) {
      if (await shared().turn(() => attempt(wish))) tries++
      else await sleep(lookEveryMs)
    } else {
      return (await mayProbe(look, wish)) ? fly({ ...wish, probe: true }) : later(look)
    }
  }
}

/** While its app is stopped, or the server wants to be left alone, nobody asks but whoever tries for all. */
const mayAsk = ({ app }: Look, { probe }: Wish): boolean =>
  probe === true || (app.state === 'working' && !app.waits)

/** Asks with the lease; false where it was not to be had. */
async function attempt(wish: Wish): Promise<boolean> {
  const lease = await takeLease(wish)
  if (!lease) return false
  await exchangeTokens(lease)
  return true
}

function verdict(
  look: Look,
  { version, statuses = keptAlive }: Wish,
  asked: boolean,
): 'fresh' | 'dead' | 'open' {
  if (look.version !== version) return 'fresh'
  // It was dead before, and still is.
  const again = look.status === 'needs_reauth' && look.problem === 'grant_refused'
  if (again && (asked || look.waits)) return 'dead'
  return statuses.includes(look.status) ? 'open' : 'dead'
}

const mayProbe = async ({ app }: Look, { probe }: Wish): Promise<boolean> =>
  !probe && app.state === 'stopped' && !app.waits && (await takeProbe(app.id))

function later({ app, dueAt, problem, waits }: Look): Refreshed {
  const stopped = app.state === 'stopped'
  const retryAt = waits ? dueAt : app.retryAt
  return { kind: 'later', problem: stopped ? 'app_refused' : problem, retryAt: retryAt ?? undefined }
}
