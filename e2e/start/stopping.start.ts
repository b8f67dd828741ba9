import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRealApp, until } from './real-app.ts'
import { gone, runScript } from './real-start.ts'

let app: Awaited<ReturnType<typeof startRealApp>>

beforeAll(async () => {
  app = await startRealApp()
})
afterAll(() => app.stop())

// Whoever waits in the database when a process is told to end: `table` is held until this is called.
async function hold(table: string): Promise<() => Promise<void>> {
  const held = await app.sql.reserve()
  await held`begin`
  await held.unsafe(`lock table ${table} in share row exclusive mode`)
  return async () => {
    await held`rollback`
    held.release()
  }
}

const waiting = async () =>
  (
    await app.sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'gangway%'`
  ).length > 0

describe('F-25 told to end (SIGTERM)', () => {
  test('in the middle of a form of the wizard: it is answered as ever, whoever comes before load balancers have noticed is let in, and the process is gone in time', async () => {
    const server = app.start()
    const positions = `/w/${app.team.slug}/positions`
    await until(async () => (await app.ask(positions)).status === 200, 30_000)
    const begun = await app.ask(`/w/${app.team.slug}/integrations/workable/new-authentication`, {
      environment: 'live',
    })
    expect(begun.status).toBe(303)
    const [walk] = await app.sql`select id from link_sessions order by created_at desc limit 1`
    const release = await hold('link_sessions')
    const submitted = app.ask(`/link/${walk?.id}/how/choose`, { way: 'api_key' })
    await until(waiting, 5_000)
    server.signal('SIGTERM')
    const off = await until(async () => (await app.ask('/api/health/ready')).status === 503, 5_000)
    expect(off).toBeLessThan(1_000)
    expect((await app.ask(positions)).status).toBe(200)
    await release()
    expect((await submitted).status).toBe(303)
    const [row] = await app.sql`select answers from link_sessions where id = ${walk?.id}`
    expect(row?.answers).toMatchObject({ way: 'api_key' })
    const shut = await until(async () => (await app.ask('/api/health/live')).status === 0, 30_000)
    expect(shut).toBeGreaterThan(6_000) // two seconds between looks, three of them that fail
    expect(await gone([server.pid], 30_000)).toBe(true)
    expect(await server.ended).toBe(0)
  })

  test('in the middle of a task: the worker finishes it, or leaves it to the next, and is gone in time', async () => {
    const worker = runScript('worker.ts', { ...app.env, LOG_LEVEL: 'debug' })
    await worker.says(/worker started/)
    const [mail] = await app.sql`insert into mails (id, partner_id, kind, to_address, locale, time_zone, data)
      values (gen_random_uuid(), ${app.team.partnerId}, 'password_changed', 'olga@example.com', 'en', 'UTC', '{}') returning id`
    const release = await hold('mails')
    const { sendTask } = await import('#lib/queue/send.ts')
    const { db } = await import('#lib/db/client.ts')
    await sendTask(db(), 'send-mail', { mailId: String(mail?.id) })
    await until(waiting, 10_000)
    worker.signal('SIGTERM')
    await release()
    expect(await gone([worker.pid], 30_000)).toBe(true)
    expect(await worker.ended).toBe(0)
    const [task] = await app.sql`select state from queue.job where data->>'mailId' = ${mail?.id}`
    const [row] = await app.sql`select state from mails where id = ${mail?.id}`
    // Done, or to be done by whoever comes next; never lost in between.
    expect([`${task?.state} ${row?.state}`]).toEqual([
      expect.stringMatching(/^completed (kept|sent)$|^(created|retry) queued$/),
    ])
  })
})
