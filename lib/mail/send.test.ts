import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, sqlClient } from '#lib/db/client.ts'
import { dataKeys, mails } from '#lib/db/schema/index.ts'
import { loggedBy } from '#lib/log-testing.ts'
import { sweep } from '#lib/sweep/sweep.ts'
import { serverAt } from './mail-server.ts'
import { sendMail } from './send.ts'
import { mailRow, partOf, queueInvitation } from './testing.ts'
import { answer, openMailServer, openOddServer } from './testing-server.ts'

const from = { name: 'Gangway', address: 'gangway@example.com' }
const keysOf = (mailId: string) => db().$count(dataKeys, eq(dataKeys.ownerId, mailId))
const tasksFor = (mailId: string) =>
  sqlClient()`select start_after > now() + interval '3 seconds' as later from queue.job
    where name = 'send-mail' and state = 'created' and data->>'mailId' = ${mailId}`

test('an invitation arrives once, with its address in it, and the address is kept nowhere after that', async () => {
  const { received, server } = await openMailServer()
  const { mailId, path } = await queueInvitation()
  expect(await keysOf(mailId)).toBe(1)
  await sendMail(mailId, server)
  await sendMail(mailId, server)
  expect(received).toHaveLength(1)
  const [{ raw, to } = { raw: '', to: [] }] = received
  expect(to).toEqual(['ines@example.com'])
  expect(raw).toContain(`Message-ID: <${mailId}@localhost>`)
  const url = `http://localhost:3000${path}`
  expect(partOf(raw, 'text/plain')).toContain(url)
  expect(partOf(raw, 'text/html')).toContain(`href="${url}"`)
  expect(await mailRow(mailId)).toMatchObject({ state: 'sent', attempts: 1, sealedLink: null, problem: null })
  expect(await keysOf(mailId)).toBe(0)
})

test('without a mail server a mail is kept, and its address waits for the owner', async () => {
  const { mailId } = await queueInvitation()
  await sendMail(mailId, undefined)
  expect(await mailRow(mailId)).toMatchObject({ state: 'kept', sealedLink: expect.stringMatching(/^cv1\./) })
})

test('an address that the server does not know ends as failed at once, in our words and not in the server’s', async () => {
  const onRcptTo = (_: unknown, __: unknown, done: (error: Error) => void) =>
    done(answer(550, 'CNRY ines@example.com is unknown here'))
  const { server } = await openMailServer({ onRcptTo })
  const { mailId } = await queueInvitation()
  const logged = await loggedBy(() => sendMail(mailId, server))
  expect(await mailRow(mailId)).toMatchObject({ state: 'failed', problem: 'address_refused', attempts: 1 })
  expect(JSON.stringify(logged)).not.toMatch(/CNRY|ines@/)
  expect(JSON.stringify(await mailRow(mailId))).not.toContain('CNRY')
})

test('a server that asks for patience gets the mail at the next try', async () => {
  let asked = 0
  const onRcptTo = (_: unknown, __: unknown, done: (error?: Error) => void) => {
    asked += 1
    done(asked === 1 ? answer(451) : undefined)
  }
  const { received, server } = await openMailServer({ onRcptTo })
  const { mailId } = await queueInvitation()
  await sqlClient()`delete from queue.job where data->>'mailId' = ${mailId}`
  await sendMail(mailId, server)
  expect(await mailRow(mailId)).toMatchObject({ state: 'queued', problem: 'busy' })
  expect(await tasksFor(mailId)).toMatchObject([{ later: true }])
  await sendMail(mailId, server)
  expect(received).toHaveLength(1)
  expect(await mailRow(mailId)).toMatchObject({ state: 'sent', attempts: 2, problem: null })
})

test('a server that stays away is asked ten times, and then the mail has failed and keeps its address', async () => {
  const server = serverAt('smtp://127.0.0.1:1', from)
  const { mailId } = await queueInvitation()
  for (let attempt = 1; attempt < 10; attempt += 1) await sendMail(mailId, server)
  expect(await mailRow(mailId)).toMatchObject({ state: 'queued', problem: 'unreachable', attempts: 9 })
  await sendMail(mailId, server)
  const row = await mailRow(mailId)
  expect(row).toMatchObject({ state: 'failed', problem: 'unreachable', attempts: 10 })
  expect(row.sealedLink).toMatch(/^cv1\./)
})

test('a message that is refused, and a sender that is: the one has failed, the other may be mended', async () => {
  const { mailId } = await queueInvitation()
  const refusing = await openMailServer({
    onData(stream, _, done) {
      stream.resume()
      stream.on('end', () => done(answer(554)))
    },
  })
  await sendMail(mailId, refusing.server)
  expect(await mailRow(mailId)).toMatchObject({ state: 'failed', problem: 'message_refused' })

  const { server } = await openMailServer({ onMailFrom: (_, __, done) => done(answer(553)) })
  const other = await queueInvitation()
  await sendMail(other.mailId, server)
  expect(await mailRow(other.mailId)).toMatchObject({ state: 'queued', problem: 'sender_refused' })
})

test('a wrong password of the mail server is said as such, and appears nowhere', async () => {
  const { server } = await openMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_, __, done) => done(answer(535)),
  })
  const { mailId } = await queueInvitation()
  const user = { name: 'gangway', password: 'CNRY-password' }
  const logged = await loggedBy(() => sendMail(mailId, { ...server, user }))
  expect(await mailRow(mailId)).toMatchObject({ state: 'queued', problem: 'sign_in_refused' })
  expect(JSON.stringify(logged)).not.toContain('CNRY')
})

test('two runs of one task at once send one mail, and the second looks again later', async () => {
  const { received, server } = await openMailServer({
    onRcptTo: (_, __, done) => void setTimeout(() => done(), 200),
  })
  const { mailId } = await queueInvitation()
  await Promise.all([sendMail(mailId, server), sendMail(mailId, server), sendMail(mailId, server)])
  expect(received).toHaveLength(1)
  expect(await mailRow(mailId)).toMatchObject({ state: 'sent', attempts: 1 })
  expect((await tasksFor(mailId)).length).toBeGreaterThan(0)
})

test('a process that dies while it sends leaves the mail to the next one, after a minute', async () => {
  const { received, server } = await openMailServer()
  const { mailId } = await queueInvitation()
  const died = { attempts: 1, problem: null }
  await db()
    .update(mails)
    .set({ ...died, triedAt: sql`now()` })
    .where(eq(mails.id, mailId))
  await sendMail(mailId, server)
  expect(received).toHaveLength(0)
  await db().update(mails).set({ triedAt: sql`now() - interval '51 seconds'` }).where(eq(mails.id, mailId))
  await sendMail(mailId, server)
  expect(received).toHaveLength(1)
})

test('an address that has ended is not sent any more, and the sweep destroys it', async () => {
  const { received, server } = await openMailServer()
  const [ended, swept, young] = [await queueInvitation(), await queueInvitation(), await queueInvitation()]
  const past = { linkExpiresAt: sql`now() - interval '1 second'` }
  for (const { mailId } of [ended, swept]) await db().update(mails).set(past).where(eq(mails.id, mailId))
  await sendMail(ended.mailId, server)
  expect(await mailRow(ended.mailId)).toMatchObject({ state: 'failed', problem: 'link_ended' })
  await sweep()
  for (const { mailId } of [ended, swept]) {
    expect((await mailRow(mailId)).sealedLink).toBeNull()
    expect(await keysOf(mailId)).toBe(0)
  }
  expect((await mailRow(young.mailId)).sealedLink).not.toBeNull()
  await sendMail(swept.mailId, server)
  expect(await mailRow(swept.mailId)).toMatchObject({ state: 'failed', problem: 'link_ended' })
  expect(received).toEqual([])
})

test('a server that hangs up in the middle is one that cannot be reached', async () => {
  const address = await openOddServer(socket => {
    socket.write('220 hello\r\n')
    socket.once('data', () => socket.destroy())
  })
  const { mailId } = await queueInvitation()
  await sendMail(mailId, serverAt(address, from))
  expect(await mailRow(mailId)).toMatchObject({ state: 'queued', problem: 'unreachable' })
})
