import { setTimeout as sleep } from 'node:timers/promises'
import { now } from '#lib/clock.ts'
import { turns } from '#lib/crypto/turns.ts'
import { db } from '#lib/db/client.ts'
import { hasTimeFor } from '#lib/health/stopping.ts'
import { takeProbe } from '#lib/oauth/stop-app.ts'
import { type KeptTokens, readTokens } from './credentials.ts'
import { exchangeTokens } from './exchange-tokens.ts'
import { type Connection, keptAlive, takeLease, type Wish } from './lease.ts'
import { type Look, lookAt } from './look.ts'
import { deadAfter } from './plan-refresh.ts'

/** How the wish for fresh tokens ended: with them, not before then, or never. */
export type Refreshed =
  | { kind: 'fresh'; tokens: KeptTokens }
  | { kind: 'later'; problem: Connection['refreshProblem']; retryAt: Date | undefined }
  | { kind: 'dead' }

/** So long does somebody wait for tokens that another one fetches: the token endpoint's half minute, and the write. */
const patienceMs = 35_000
/** So often does one flight ask: two lost answers in a row are over before a grace of five seconds is (F-02). */
const mostTries = 3
/** A process that ends sooner does not ask any more: the answer would be lost, and with it, where old tokens die at once, the grant. */
const answerMs = 20_000
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
  const { workspaceId, connectionId } = wish.of
  const key = [workspaceId, connectionId, wish.version].join(' ')
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

/** What a step of a flight came to: the new pair, a try without one, or how the connection stands. */
type Step = { tokens: KeptTokens } | 'tried' | { look: Look | undefined }

/** How far a flight has come. */
type Course = { since: number; tries: number; asks: boolean }

async function fly(wish: Wish): Promise<Refreshed> {
  // Whoever wishes has just looked: the first step is to ask.
  const course: Course = { since: now().getTime(), tries: 0, asks: true }
  for (;;) {
    const step = course.asks ? await attempt(wish) : { look: await lookAt(wish.of) }
    if (step === 'tried') {
      course.tries++
      course.asks = false
      continue
    }
    if ('tokens' in step) return { kind: 'fresh', tokens: step.tokens }
    const next = decide(step.look, wish, course)
    if (next.kind === 'read') return brought(wish)
    if (next.kind === 'probe')
      return (await takeProbe(next.look.appId)) ? fly({ ...wish, probe: true }) : later(next.look)
    if (next.kind !== 'wait') return next
    await sleep(next.ms)
    course.asks = next.thenAsk
  }
}

/** The tokens that somebody else has brought, read once for all who wait here. */
async function brought({ of }: Wish): Promise<Refreshed> {
  const [tokens] = await readTokens(db(), of)
  return tokens ? { kind: 'fresh', tokens } : { kind: 'dead' }
}

/** Asks with the lease, when it is this process's turn; where the lease is not to be had, how the connection stands. */
async function attempt(wish: Wish): Promise<Step> {
  const step = await shared().turn(async (): Promise<Step> => {
    if (!hasTimeFor(answerMs)) return { look: await lookAt(wish.of) }
    const { lease, look } = await takeLease(wish)
    if (!lease) return { look }
    const tokens = await exchangeTokens(lease)
    return tokens ? { tokens } : 'tried'
  })
  return step ?? 'tried'
}

type Next =
  | Exclude<Refreshed, { kind: 'fresh' }>
  | { kind: 'read' }
  | { kind: 'wait'; ms: number; thenAsk: boolean }
  | { kind: 'probe'; look: Look }

/**
 * What a flight does next where the connection stands like that: it reads what somebody else has brought, ends, waits, asks, or tries
 * for all whether the app works.
 */
function decide(look: Look | undefined, wish: Wish, { since, tries, asks }: Course): Next {
  const answer = look && verdict(look, wish, tries > 0)
  if (!look || answer === 'dead') return { kind: 'dead' }
  if (answer === 'fresh') return { kind: 'read' }
  const waited = now().getTime() - since
  if (tries > (wish.probe ? 0 : mostTries) || waited > patienceMs) return later(look)
  if (look.leased) return { kind: 'wait', ms: lookAfter(waited), thenAsk: false }
  if (look.waits) {
    // The first lost answer is asked for again at once: servers that forgive one do so for seconds.
    if (wish.probe || tries === mostTries || look.dueIn > soonSeconds) return later(look)
    return { kind: 'wait', ms: look.dueIn * 1000 + 100 + Math.random() * 700, thenAsk: true }
  }
  if (!mayAsk(look, wish)) return mayProbe(look, wish) ? { kind: 'probe', look } : later(look)
  if (!hasTimeFor(answerMs)) return later(look)
  // It stood free and was not to be had: somebody was faster.
  return { kind: 'wait', ms: asks ? lookAfter(waited) : 0, thenAsk: !asks }
}

/**
 * Milliseconds until the next look at a row that another process refreshes: a tenth of what was waited so far. Looking, and not LISTEN:
 * a notification does not pass a pooler in transaction mode, and one look a process serves all who wait in it.
 */
const lookAfter = (waited: number): number => Math.min(100, Math.max(20, waited / 10))

/** While its app is stopped, or the server wants to be left alone, nobody asks but whoever tries for all. */
const mayAsk = ({ appState, appWaits }: Look, { probe }: Wish): boolean =>
  probe === true || (appState === 'working' && !appWaits)

const mayProbe = ({ appState, appWaits }: Look, { probe }: Wish): boolean =>
  !probe && appState === 'stopped' && !appWaits

function verdict(
  look: Look,
  { version, statuses = keptAlive }: Wish,
  asked: boolean,
): 'fresh' | 'dead' | 'open' {
  if (look.version !== version) return 'fresh'
  // It was dead before, and still is, also where somebody has switched it off and on since.
  const dead = look.status === 'needs_reauth' || look.refusals >= deadAfter
  if (dead && look.problem === 'grant_refused' && (asked || look.waits)) return 'dead'
  return statuses.includes(look.status) ? 'open' : 'dead'
}

function later({ appState, appRetryAt, dueAt, problem, waits }: Look): Extract<Refreshed, { kind: 'later' }> {
  const stopped = appState === 'stopped'
  const retryAt = waits ? dueAt : appRetryAt
  return { kind: 'later', problem: stopped ? 'app_refused' : problem, retryAt: retryAt ?? undefined }
}
