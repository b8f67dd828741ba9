import { asc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { PartnerRole } from '#lib/actors.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { events, mails, partnerMembers } from '#lib/db/schema/index.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { renderMail } from '#lib/mail/render.ts'
import { resumeApp, stopApp, tellPartner } from '#lib/oauth/stop-app.ts'
import { insertOAuthApp, readOAuthApp } from '#lib/partners/oauth-apps.ts'
import { tell } from './tell.ts'

/** A partner's app, with an owner, an admin and somebody of support. */
async function partnerWithApp() {
  const workspace = await makeWorkspace()
  const { partnerId, owner } = workspace
  const join = async (role: PartnerRole) => {
    const { userId, email } = await makeMember(workspace, 'viewer')
    await db().insert(partnerMembers).values({ id: newId(), partnerId, userId, role })
    return { userId, email }
  }
  const [admin] = [await join('admin'), await join('support')]
  const place = { connector: 'workable', environment: 'live', source: 'console' } as const
  const client = { clientId: 'a-client', secret: new Secret('a-secret-of-this-test'), lastFour: 'test' }
  const id = await transaction(tx => insertOAuthApp(tx, { partnerId, ...place, ...client }))
  return { partnerId, owner, admin, id, join }
}

type At = Awaited<ReturnType<typeof partnerWithApp>>

const appOf = async ({ id }: At) => (await readOAuthApp(id)) ?? Object.assign({})
const stop = async (at: At, reason: 'app_refused' | 'unavailable' = 'app_refused') => {
  const app = await appOf(at)
  await transaction(tx => stopApp(tx, app, reason))
}
const resume = async (at: At) => {
  const app = await appOf(at)
  await transaction(tx => resumeApp(tx, app))
}

/** Tells all that has happened to the app, in order, as the worker would; and again, as one that died in between. */
async function tellAll({ id }: At): Promise<void> {
  const rows = await db().select().from(events).where(eq(events.subjectId, id)).orderBy(asc(events.at))
  for (const event of [...rows, ...rows]) await tell(event.id)
}

/** A quarter of an hour passes: what happened is on record and cannot be moved, so its trigger looks away. */
async function quarterPasses({ id }: At): Promise<void> {
  await sqlClient().begin(async sql => {
    await sql`set local session_replication_role = replica`
    await sql`update events set at = at - interval '16 minutes' where subject_id = ${id}`
    await sql`update oauth_apps set stopped_at = stopped_at - interval '16 minutes' where id = ${id}`
  })
}

const mailed = async ({ partnerId }: At) =>
  (await db().select().from(mails).where(eq(mails.partnerId, partnerId)).orderBy(asc(mails.createdAt))).map(
    ({ kind, toAddress }) => `${kind} ${toAddress}`,
  )
const toBoth = (at: At, kind: string) => [`${kind} ${at.owner.email}`, `${kind} ${at.admin.email}`].sort()

test('an app that is refused is told at once to whoever looks after it, one mail each, and to nobody else', async () => {
  const at = await partnerWithApp()
  await stop(at)
  await stop(at)
  await tellAll(at)
  expect((await mailed(at)).sort()).toEqual(toBoth(at, 'app_refused'))
  const [mail] = await db().select().from(mails).where(eq(mails.partnerId, at.partnerId))
  const { text } = renderMail({ ...(mail ?? Object.assign({})), partner: 'Acme Partner' })
  expect(text).toContain('No connection is lost')
  expect(text).toContain('Your turn: compare both')
  expect(text).toContain(`http://localhost:3000/partner/oauth-apps/${at.id}`)
})

test('when it works again those who were told are told so, once; what was mended before anybody was told is told to nobody', async () => {
  const at = await partnerWithApp()
  await stop(at)
  await tellAll(at)
  await db().delete(partnerMembers).where(eq(partnerMembers.userId, at.admin.userId))
  await at.join('admin') // knows of nothing
  await resume(at)
  await tellAll(at)
  expect((await mailed(at)).sort()).toEqual(
    [...toBoth(at, 'app_refused'), `app_works ${at.owner.email}`].sort(),
  )
  const quick = await partnerWithApp()
  await stop(quick)
  await resume(quick)
  await tellAll(quick)
  expect(await mailed(quick)).toEqual([])
})

test('an outage is told when it has lasted a quarter of an hour, and its end only then', async () => {
  const [short, long] = [await partnerWithApp(), await partnerWithApp()]
  for (const at of [short, long]) {
    await stop(at, 'unavailable')
    // As when a worker has taken it.
    await sqlClient()`delete from queue.job where name = 'tell'`
    await tellAll(at)
    expect(await mailed(at)).toEqual([])
    const waiting =
      await sqlClient()`select 1 from queue.job j join events e on e.id::text = j.data->>'eventId'
      where j.name = 'tell' and e.subject_id = ${at.id} and j.start_after > now() + interval '14 minutes'`
    expect(waiting).toHaveLength(1)
  }
  await resume(short)
  await quarterPasses(short)
  await tellAll(short)
  expect(await mailed(short)).toEqual([])
  await quarterPasses(long)
  await tellAll(long)
  expect((await mailed(long)).sort()).toEqual(toBoth(long, 'app_away'))
  await resume(long)
  await tellAll(long)
  expect((await mailed(long)).sort()).toEqual(
    [...toBoth(long, 'app_away'), ...toBoth(long, 'app_works')].sort(),
  )
})

test('an outage behind which the app is refused wants somebody, and says so', async () => {
  const at = await partnerWithApp()
  await stop(at, 'unavailable')
  const { stoppedAt } = await appOf(at)
  await stop(at, 'app_refused')
  await stop(at, 'unavailable')
  expect(await appOf(at)).toMatchObject({ stoppedReason: 'app_refused', stoppedAt })
  await tellAll(at)
  expect((await mailed(at)).sort()).toEqual(toBoth(at, 'app_refused'))
})

test('a second stop is told a second time', async () => {
  const at = await partnerWithApp()
  for (let time = 0; time < 2; time += 1) {
    await stop(at)
    await tellAll(at)
    await resume(at)
    await tellAll(at)
  }
  expect((await mailed(at)).filter(line => line.endsWith(at.owner.email))).toEqual(
    ['app_refused', 'app_works', 'app_refused', 'app_works'].map(kind => `${kind} ${at.owner.email}`),
  )
})

test('a stop that is over, or an end that is, is told to nobody: what counts is how the app is now', async () => {
  const at = await partnerWithApp()
  await stop(at)
  await resume(at)
  await stop(at)
  await tellAll(at)
  expect((await mailed(at)).sort()).toEqual(toBoth(at, 'app_refused'))
  await resume(at)
  await stop(at)
  await tellAll(at)
  expect((await mailed(at)).filter(line => line.startsWith('app_works'))).toEqual([])
})

test('the only sign-in of an app that was refused without a reason is told, since it may be the app', async () => {
  const at = await partnerWithApp()
  const app = await appOf(at)
  await transaction(tx => tellPartner(tx, app, { name: 'oauth_app.refused_oddly' }))
  await tellAll(at)
  expect((await mailed(at)).sort()).toEqual(toBoth(at, 'app_doubted'))
})

test('whoever is not here any more is not told', async () => {
  const at = await partnerWithApp()
  await db().execute(sql`update users set disabled_at = now() where id = ${at.owner.userId}`)
  await stop(at)
  await tellAll(at)
  expect(await mailed(at)).toEqual([`app_refused ${at.admin.email}`])
})
