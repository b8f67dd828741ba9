import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { cookieNames } from '../../lib/auth.ts'
import { connectors } from '../../lib/connectors/registry.ts'
import { Secret } from '../../lib/crypto/secret.ts'
import { newSecret } from '../../lib/crypto/tokens.ts'
import { db, transaction } from '../../lib/db/client.ts'
import { candidateCredentials, linkSessions } from '../../lib/db/schema/index.ts'
import { scopesFor } from '../../lib/link-sessions/scopes.ts'
import { openFlow } from '../../lib/oauth/flows.ts'
import { insertOAuthApp, readOAuthApp } from '../../lib/partners/oauth-apps.ts'
import type { BenchApp } from './app.ts'
import { type Figure, get, interleaved, median, post } from './measure.ts'
import { seedWorkspace } from './seed.ts'

const mostCommits = 2
const mostTrips = 8
const mostRatio = 4
const aRound = 20

/** What the callback of a sign-in costs without the authorization server's time: commits, round trips, and time. */
export async function callbackFigures(app: BenchApp): Promise<Figure[]> {
  const begin = await signingIn()
  const form = await formOfOneInsert(app)
  const seen: Seen[] = []
  const callbacks = async () => {
    const round: Seen[] = []
    for (let i = 0; i < aRound; i++) round.push(await callback(app, await begin()))
    seen.push(...round)
    return median(round.map(({ milliseconds }) => milliseconds))
  }
  // Warm.
  await callbacks()
  await form()
  seen.length = 0
  const [ceiling = 0, figure = 0] = await interleaved([form, callbacks])
  // One that is turned away answers as well, and costs something else.
  const kept = await db().$count(candidateCredentials)
  if (kept <= seen.length) throw new Error(`of ${seen.length} callbacks ${kept} were kept`)
  return [costs(seen), times(ceiling, figure)]
}

type Seen = { milliseconds: number; trips: number; commits: number }

/** The fewest of all: what else the process writes meanwhile, such as its heartbeat, is not the callback's. */
function costs(seen: readonly Seen[]): Figure {
  const [commits, trips] = [Math.min(...seen.map(s => s.commits)), Math.min(...seen.map(s => s.trips))]
  return {
    what: 'callback: commits and round trips',
    ceiling: '-',
    figure: `${commits} and ${trips}`,
    ratio: '-',
    bound: `${mostCommits} and ${mostTrips}`,
    holds: commits > 0 && commits <= mostCommits && trips > 0 && trips <= mostTrips,
  }
}

const times = (ceiling: number, figure: number): Figure => ({
  what: 'callback, without the other server’s time',
  ceiling: `${ceiling.toFixed(1)} ms (a form that commits one insert)`,
  figure: `${figure.toFixed(1)} ms`,
  ratio: (figure / ceiling).toFixed(2),
  bound: `${mostRatio}`,
  holds: figure / ceiling <= mostRatio,
})

type Started = { url: string; cookie: string; user?: unknown; binding?: string }

/** Makes walks that have come to the sign-in, each with a flow that is open; gives the address to come back to. */
export async function signingIn(): Promise<() => Promise<Started>> {
  const { owner, workspaceId, partnerId, cookie } = await seedWorkspace(1)
  const secret = { secret: new Secret('bench-client-secret'), lastFour: 'cret' }
  const of = { partnerId, connector: 'workable', environment: 'sandbox', source: 'console' } as const
  const appId = await transaction(tx => insertOAuthApp(tx, { ...of, clientId: 'bench', ...secret }))
  const app = await readOAuthApp(appId)
  if (!app) throw new Error('no app')
  const binding = newSecret()
  return async () => {
    const id = randomUUID()
    await db()
      .insert(linkSessions)
      .values({
        id,
        workspaceId,
        startedBy: owner.memberId,
        connector: 'workable',
        environment: 'sandbox',
        answers: { way: 'oauth', permissions: 'read' },
        step: 'sign-in',
        expiresAt: sql`now() + interval '1 hour'`,
      })
    const flow = {
      workspaceId,
      linkSessionId: id,
      memberId: owner.memberId,
      userId: owner.userId,
      scopes: scopesFor(connectors.workable, 'read'),
    }
    const { state, redirectUri } = await openFlow(db(), app, flow, binding)
    return {
      url: `${redirectUri}?${new URLSearchParams({ state, code: newSecret() })}`,
      cookie: `${cookie}; ${cookieNames.binding}=${binding}`,
      user: { kind: 'user', userId: owner.userId, sessionId: owner.sessionId, name: '', email: '' },
      binding,
    }
  }
}

async function callback({ relay, yes }: BenchApp, { url, cookie }: Started): Promise<Seen> {
  const before = await lastTransaction()
  relay.take()
  yes.take()
  const { status, milliseconds } = await get(url, cookie)
  const [trips, theirs] = [relay.take(), yes.take()]
  if (status !== 303 || theirs.requests !== 1) throw new Error(`the callback answered ${status}`)
  return {
    milliseconds: milliseconds - theirs.milliseconds,
    trips,
    commits: (await lastTransaction()) - before,
  }
}

/** Only what writes takes a number. */
async function lastTransaction(): Promise<number> {
  const [row] = await db().execute<{ next: string }>(
    sql`select pg_snapshot_xmax(pg_current_snapshot())::text as next`,
  )
  return Number(row?.next)
}

/** What a form costs that commits one insert, by the same server: a refused one is kept, to be shown again. */
async function formOfOneInsert({ appUrl }: BenchApp): Promise<() => Promise<number>> {
  const { slug, cookie } = await seedWorkspace(1)
  return async () => {
    const all: number[] = []
    for (let i = 0; i < aRound; i++) {
      const { status, milliseconds } = await post(`${appUrl}/w/${slug}/positions/create`, cookie, {
        title: '',
      })
      if (status !== 303) throw new Error(`the form answered ${status}`)
      all.push(milliseconds)
    }
    return median(all)
  }
}
