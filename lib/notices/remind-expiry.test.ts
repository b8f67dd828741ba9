import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { connections, events } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { remindExpiry } from './remind-expiry.ts'
import { bareConnection, mailedTo, noticesOf, tellNewest } from './testing.ts'

const inDays = (count: number) => sql<string>`(now() at time zone 'UTC')::date + ${count}::int`

/** A connection whose key ends in so many days, and a way to have days go by: its end comes nearer. */
async function ending(days: number, wish: Partial<typeof connections.$inferInsert> = {}) {
  const { owner, workspaceId } = await makeWorkspace()
  const id = await bareConnection(owner, wish)
  const own = eq(connections.id, id)
  const set = (columns: object) => db().update(connections).set(columns).where(own)
  await set({ keyExpiresOn: inDays(days) })
  const reminded = async () => {
    const ofThis = and(eq(events.subjectId, id), eq(events.name, 'connection.key_expires_soon'))
    const rows = await db().select({ data: events.data }).from(events).where(ofThis).orderBy(events.at)
    return rows.map(({ data }) => [data.days, data.left])
  }
  return { id, workspaceId, owner, set, reminded }
}

/** A day goes by for a key: its last day stays the same, and what was said of it too. */
const dayGoesBy = async (id: string, days: number) => {
  await db().execute(sql`alter table events disable trigger user`)
  await db().execute(sql`update events set data = jsonb_set(data, '{expiresOn}',
    to_jsonb(((data->>'expiresOn')::date - ${days}::int)::text)) where subject_id = ${id} and data ? 'expiresOn'`)
  await db().execute(sql`alter table events enable trigger user`)
  await db().execute(
    sql`update connections set key_expires_on = key_expires_on - ${days}::int where id = ${id}`,
  )
}

test('thirty, fourteen, three days and one day before its end a key is reminded of, once each', async () => {
  const { id, reminded } = await ending(31)
  for (let day = 31; day >= 0; day -= 1) {
    await remindExpiry()
    await remindExpiry()
    await dayGoesBy(id, 1)
  }
  await remindExpiry()
  expect(await reminded()).toEqual([
    [30, 30],
    [14, 14],
    [3, 3],
    [1, 1],
  ])
})

test('after days without a worker the nearest reminder alone is made up for', async () => {
  const { id, reminded } = await ending(30)
  await remindExpiry()
  await dayGoesBy(id, 28)
  await remindExpiry()
  expect(await reminded()).toEqual([
    [30, 30],
    [3, 2],
  ])
})

test('another last day starts anew, and so does another key; going back to a day that was told of does not', async () => {
  const { reminded, set } = await ending(10)
  await remindExpiry()
  await set({ keyExpiresOn: inDays(20) })
  await remindExpiry()
  await set({ version: 2 })
  await remindExpiry()
  await set({ version: 1, keyExpiresOn: inDays(10) })
  await remindExpiry()
  expect(await reminded()).toEqual([
    [14, 10],
    [30, 20],
    [30, 20],
  ])
})

test('a key without a last day, one that has ended and one of a deleted connection are not reminded of', async () => {
  const [none, ended, deleted] = [await ending(5), await ending(-1), await ending(5, { status: 'deleted' })]
  await none.set({ keyExpiresOn: null })
  const off = await ending(5, { status: 'inactive' })
  await remindExpiry()
  for (const each of [none, ended, deleted]) expect(await each.reminded()).toEqual([])
  expect(await off.reminded()).toEqual([[14, 5]])
})

test('two workers at once remind once', async () => {
  const { reminded } = await ending(14)
  await Promise.all([remindExpiry(), remindExpiry(), remindExpiry()])
  expect(await reminded()).toEqual([[14, 14]])
})

test('a reminder is one notice and one mail, and the nearer one takes the place of the one before', async () => {
  const { id, workspaceId, owner } = await ending(14)
  await remindExpiry()
  await tellNewest(id)
  await tellNewest(id)
  expect(await noticesOf(id)).toEqual(['key_expires, open'])
  expect(await mailedTo(workspaceId, 'key_expires')).toEqual([owner.email])
  await db()
    .update(connections)
    .set({ keyExpiresOn: inDays(3) })
    .where(eq(connections.id, id))
  await remindExpiry()
  await tellNewest(id)
  expect(await noticesOf(id)).toEqual(['key_expires, settled', 'key_expires, open'])
  expect(await mailedTo(workspaceId, 'key_expires')).toEqual([owner.email, owner.email])
})
