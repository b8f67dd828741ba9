import type { Fact } from '#components/ui/facts.tsx'
import type { ConnectionRow, Say } from '#lib/views.ts'
import { daysUntil, when } from './words.ts'

/** What a connection's card says below its name and account: way, expiry, positions, last check, rate limit, and who made it. */
export function connectionFacts(say: Say, connection: ConnectionRow, now: Date): Fact[] {
  const { way, lastFour, positions, lastCheckedAt, createdByName, createdAt } = connection
  return [
    {
      term: say('connections.facts.way'),
      value: say(`connections.way.${way}`),
      sub: lastFour && say('connections.ends_in', { lastFour }),
    },
    ...(way === 'api_key'
      ? [{ term: say('connections.facts.expires'), ...expiry(say, connection.keyExpiresOn, now) }]
      : []),
    { term: say('connections.facts.positions'), value: say('connections.positions', { count: positions }) },
    {
      term: say('connections.facts.checked'),
      value: lastCheckedAt ? when(say, lastCheckedAt, now) : say('connections.never_checked'),
    },
    { term: say('connections.facts.rate'), ...rate(say, connection, now) },
    { term: say('connections.facts.by'), value: createdByName, sub: say.date(createdAt) },
  ]
}

/** In how many days the key ends, and on which day that is. */
export function expiry(say: Say, day: string | null, now: Date): Omit<Fact, 'term'> {
  if (!day) return { value: say('connections.expires.unknown') }
  const days = daysUntil(say, day, now)
  const past = { value: say('connections.expires.past', { days: -days }) }
  const ahead = { value: say('connections.expires.days', { days }) }
  return { ...(days < 0 ? past : ahead), sub: say.day(day) }
}

function rate(say: Say, connection: ConnectionRow, now: Date): Omit<Fact, 'term'> {
  const { rateLimit: limit, rateRemaining: remaining, rateSeenAt } = connection
  if (limit === null || remaining === null || !rateSeenAt) return { value: say('connections.rate.unseen') }
  return {
    value: say('connections.rate.left', { remaining, limit }),
    sub: say('connections.rate.seen', { at: when(say, rateSeenAt, now) }),
  }
}
