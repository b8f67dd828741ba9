import { Card } from '#components/ui/card.tsx'
import { type Fact, FactLines, Facts } from '#components/ui/facts.tsx'
import type { ConnectionDetail, Say } from '#lib/views.ts'
import { expiry } from './facts.ts'
import { when } from './words.ts'

/** When something happens next without anybody pressing anything. */
export function WhatComes({ say, connection, now }: { say: Say; connection: ConnectionDetail; now: Date }) {
  const { nextCheckAt, status } = connection
  const due = nextCheckAt && nextCheckAt > now ? when(say, nextCheckAt, now) : say('connections.coming.due')
  const value = status === 'inactive' ? say('connections.coming.none') : due
  return (
    <Card id="coming" title={say('connections.coming.title')}>
      <FactLines items={[{ term: say('connections.coming.check'), value }]} />
    </Card>
  )
}

/** Who made it, whose account it is, what is known of the key, and the jobs that were fetched through it. */
export function About({ say, connection, now }: { say: Say; connection: ConnectionDetail; now: Date }) {
  return (
    <Card id="about" title={say('connections.about.title')}>
      <Facts single items={factsOf(say, connection, now)} />
    </Card>
  )
}

function factsOf(say: Say, connection: ConnectionDetail, now: Date): Fact[] {
  const { createdByName, createdAt, accountName, lastFour, keyExpiresOn, partnerClientId, way } = connection
  const of = (term: string) => say(`connections.about.${term}`)
  const key: Fact[] = [
    {
      term: of('key'),
      value: lastFour ? say('connections.ends_in', { lastFour }) : say('connections.way.api_key'),
    },
    { term: of('key_expires'), ...expiry(say, keyExpiresOn, now) },
  ]
  return [
    { term: of('by'), value: createdByName, sub: say.dateTime(createdAt) },
    { term: of('account'), value: accountName },
    ...(way === 'api_key' ? key : []),
    ...(partnerClientId ? [{ term: of('partner_id'), value: partnerClientId }] : []),
    { term: of('jobs'), value: jobsWords(say, connection, now) },
  ]
}

function jobsWords(say: Say, { jobsState, jobsFetchedAt }: ConnectionDetail, now: Date): string {
  if (jobsState === 'ready' && jobsFetchedAt) {
    return say('connections.about.jobs_ready', { at: when(say, jobsFetchedAt, now) })
  }
  return say(`connections.about.jobs_${jobsState === 'ready' ? 'never' : jobsState}`)
}
