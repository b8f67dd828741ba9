import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { candidateCredentials, dataKeys, events, linkSessions } from '#lib/db/schema/index.ts'
import { keptIn, sessionRow, walkAtTheKey } from '#lib/link-sessions/testing.ts'
import { sweep } from './sweep.ts'

const keysOf = (workspaceId: string) => db().$count(dataKeys, eq(dataKeys.workspaceId, workspaceId))
const past = sql`now() - interval '1 second'`

test('a typed key whose hour is over is shredded with its data key, and the walk goes on without it', async () => {
  const [over, young] = [await walkAtTheKey(), await walkAtTheKey()]
  for (const walk of [over, young]) await walk.enter('a-key-of-nobody')
  const of = eq(candidateCredentials.linkSessionId, over.id)
  await db().update(candidateCredentials).set({ expiresAt: past }).where(of)
  await sweep()
  expect([await keptIn(over.workspaceId), await keysOf(over.workspaceId)]).toMatchObject([
    { candidates: 0 },
    0,
  ])
  expect([await keptIn(young.workspaceId), await keysOf(young.workspaceId)]).toMatchObject([
    { candidates: 1 },
    1,
  ])
  expect(await sessionRow(over.id)).toMatchObject({
    state: 'open',
    answers: { fields: { subdomain: 'acme' } },
  })
})

test('a walk that nobody goes on with ends after a day, with its key, and the record says so once', async () => {
  const walk = await walkAtTheKey()
  await walk.enter('a-key-of-nobody')
  await db().update(linkSessions).set({ expiresAt: past }).where(eq(linkSessions.id, walk.id))
  await sweep()
  await sweep()
  expect(await sessionRow(walk.id)).toMatchObject({ state: 'abandoned', shown: null })
  expect([await keptIn(walk.workspaceId), await keysOf(walk.workspaceId)]).toMatchObject([
    { candidates: 0 },
    0,
  ])
  const said = await db().select().from(events).where(eq(events.subjectId, walk.id))
  expect(said.map(event => `${event.actorKind} ${event.name}`)).toEqual([
    'member link_session.started',
    'system link_session.abandoned',
  ])
})
