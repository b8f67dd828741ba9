import { randomInt } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { MemberActor } from '#lib/actors.ts'
import { hashPassword } from '#lib/crypto/password.ts'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { db, sqlClient, transaction } from '#lib/db/client.ts'
import { mails } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { openLink } from '#lib/mail/sealed-link.ts'
import { askReset } from './ask-reset.ts'
import { changePassword } from './change-password.ts'
import { findSession } from './find-session.ts'
import { isResetLink, resetPassword } from './reset-password.ts'
import { checkPassword } from './sign-in.ts'
import { startSession } from './start-session.ts'

const right = 'ferry plank quay lantern'
const other = 'copper violin under seven maples'
const hash = hashPassword(right)
const anyFrom = () => ({
  address: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  userAgent: 'test',
})

async function makePerson() {
  const { owner, ...workspace } = await makeWorkspace()
  await sqlClient()`insert into identities (id, user_id, kind, password_hash)
    values (${newId()}, ${owner.userId}, 'password', ${await hash})`
  return { ...workspace, owner }
}

async function signIn(person: MemberActor) {
  const { userId } = person
  const { id, secret } = await startSession(userId, { userAgent: '', address: '::1', timeZone: null })
  return { actor: { ...person, kind: 'user' as const, sessionId: id }, token: { secret, userId } }
}

const fits = (person: MemberActor, password: string) =>
  checkPassword({ email: person.email, password }, anyFrom()).then(
    () => true,
    () => false,
  )
const isIn = async (token: { secret: string; userId: string }) => (await findSession(token)) !== undefined
const mailsTo = (person: MemberActor) =>
  db().select().from(mails).where(eq(mails.userId, person.userId)).orderBy(desc(mails.createdAt))
const eventsOf = async ({ workspaceId }: MemberActor) =>
  (await sqlClient()`select name from events where workspace_id = ${workspaceId} order by at`).map(
    row => row.name,
  )

/** Asks for a link, waits for its mail, and gives the secret in it. */
async function askFor(person: MemberActor): Promise<string> {
  const before = (await mailsTo(person)).length
  await askReset({ email: person.email }, anyFrom())
  return vi.waitFor(async () => {
    const all = await mailsTo(person)
    const [mail] = all
    if (!mail?.sealedLink || all.length === before) throw new Error('no mail yet')
    const { sealedLink } = mail
    const path = await transaction(tx => openLink(tx, mail, sealedLink))
    return path.replace('/password/', '')
  })
}

// Taken out with: `endedAt` in `endSessionsOf` of `sessions.ts`.
test('A-110: a changed password ends every other session of hers, and this one goes on under a new secret', async () => {
  const { owner } = await makePerson()
  const [here, there] = [await signIn(owner), await signIn(owner)]
  const token = await changePassword(here.actor, { current: right, password: other }, anyFrom())
  expect([await isIn(token), await isIn(here.token), await isIn(there.token)]).toEqual([true, false, false])
  expect([await fits(owner, right), await fits(owner, other)]).toEqual([false, true])
  expect(await mailsTo(owner)).toMatchObject([
    { kind: 'password_changed', toAddress: owner.email, sealedLink: null },
  ])
  expect(await eventsOf(owner)).toContain('account.password_changed')
})

test('a wrong current password, a weak new one, and the same one change nothing and end nothing', async () => {
  const { owner } = await makePerson()
  const [here, there] = [await signIn(owner), await signIn(owner)]
  const company = 'Acme Partner Acme'
  for (const [fields, field] of [
    [{ current: 'not this one', password: other }, 'current'],
    [{ current: '', password: other }, 'current'],
    [{ current: right, password: 'short' }, 'password'],
    [{ current: right, password: company }, 'password'],
    [{ current: right, password: right }, 'password'],
  ] as const)
    await expect(changePassword(here.actor, fields, anyFrom())).rejects.toMatchObject({
      code: 'invalid',
      problems: { [field]: expect.anything() },
    })
  expect([await isIn(here.token), await isIn(there.token)]).toEqual([true, true])
  expect(await mailsTo(owner)).toEqual([])
  expect(await fits(owner, right)).toBe(true)
})

// Taken out with: `countSignIn` in `sign-in.ts`.
test('A-113: guessing the current password counts as signing in does', async () => {
  const { owner } = await makePerson()
  const { actor } = await signIn(owner)
  const tries = Array.from({ length: 12 }, () =>
    changePassword(actor, { current: 'guess', password: other }, { address: '::5' }),
  )
  const ended = await Promise.allSettled(tries)
  const codes = ended.map(one => (one.status === 'rejected' ? one.reason.code : 'changed'))
  expect(codes.toSorted()).toEqual([...Array(10).fill('invalid'), 'too_many', 'too_many'])
}, 30_000)

// Taken out with: `kept.length === 0` in `change-password.ts`.
test('two browsers change the password at the same moment: one does, the other is signed out', async () => {
  const { owner } = await makePerson()
  const [one, two] = [await signIn(owner), await signIn(owner)]
  const ended = await Promise.allSettled([
    changePassword(one.actor, { current: right, password: other }, anyFrom()),
    changePassword(two.actor, { current: right, password: `${other} too` }, anyFrom()),
  ])
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await mailsTo(owner)).toHaveLength(1)
})

test('a link from a mail sets a new password once, ends all her sessions, and says so by mail and in the log', async () => {
  const { owner } = await makePerson()
  const { token } = await signIn(owner)
  const secret = await askFor(owner)
  expect([await isResetLink(secret), await isResetLink(secret)]).toEqual([true, true])
  await expect(resetPassword(secret, { password: 'short' }, anyFrom())).rejects.toMatchObject({
    code: 'invalid',
  })
  expect(await isResetLink(secret)).toBe(true)
  await resetPassword(secret, { password: other }, anyFrom())
  expect([await isIn(token), await isResetLink(secret)]).toEqual([false, false])
  expect([await fits(owner, right), await fits(owner, other)]).toEqual([false, true])
  await expect(resetPassword(secret, { password: right }, anyFrom())).rejects.toMatchObject({ code: 'gone' })
  expect((await mailsTo(owner)).map(({ kind }) => kind)).toEqual(['password_changed', 'password_reset'])
  expect(await eventsOf(owner)).toEqual(
    expect.arrayContaining(['account.password_reset_asked', 'account.password_reset']),
  )
})

test('a link is stored as its hash, sealed in its mail, and in no event', async () => {
  const { owner } = await makePerson()
  const secret = await askFor(owner)
  for (const table of ['one_time_links', 'mails', 'events', 'rate_limits'])
    expect(JSON.stringify(await sqlClient()`select * from ${sqlClient()(table)}`)).not.toContain(secret)
  const [link] = await sqlClient()`select expires_at - created_at as lives from one_time_links
    where user_id = ${owner.userId}`
  expect(String(link?.lives)).toBe('01:00:00')
  expect(
    (await sqlClient()`select to_address from mails where user_id = ${owner.userId}`)[0]?.to_address,
  ).toBe(owner.email)
})

test('two with the same link at the same moment: one password is set', async () => {
  const { owner } = await makePerson()
  const secret = await askFor(owner)
  const ended = await Promise.allSettled(
    [other, `${other} too`, `${other} three`].map(password => resetPassword(secret, { password }, anyFrom())),
  )
  expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
})

// Taken out with: `dropResetLinks` in `ask-reset.ts`.
test('a link works no more once a newer one is made, the hour is over, the password is changed or she is switched off', async () => {
  const { owner } = await makePerson()
  const first = await askFor(owner)
  const second = await askFor(owner)
  expect([await isResetLink(first), await isResetLink(second)]).toEqual([false, true])
  await sqlClient()`update one_time_links set expires_at = now() where user_id = ${owner.userId}`
  expect(await isResetLink(second)).toBe(false)
  const third = await askFor(owner)
  const { actor } = await signIn(owner)
  await changePassword(actor, { current: right, password: other }, anyFrom())
  expect(await isResetLink(third)).toBe(false)
  const fourth = await askFor(owner)
  await sqlClient()`update users set disabled_at = now() where id = ${owner.userId}`
  expect(await isResetLink(fourth)).toBe(false)
  await expect(resetPassword(fourth, { password: right }, anyFrom())).rejects.toMatchObject({ code: 'gone' })
})

test('a made-up link, a set-up address and a damaged one open nothing', async () => {
  const { owner } = await makePerson()
  const secret = await askFor(owner)
  const setUp = newToken('gws')
  await sqlClient()`insert into one_time_links (id, purpose, secret_hash, expires_at)
    values (${newId()}, 'set_up', ${hashToken(setUp)}, now() + interval '1 hour')`
  for (const wrong of [
    newToken('gwr'),
    setUp,
    secret.replace('gwr', 'gws'),
    `${secret}x`,
    secret.toUpperCase(),
    '',
  ])
    expect(await isResetLink(wrong)).toBe(false)
})

// Taken out with: `holdPerson` and the lock in `ask-reset.ts`.
test('of wishes at the same moment one link works', async () => {
  const { owner } = await makePerson()
  await Promise.all([1, 2, 3].map(() => askReset({ email: owner.email }, anyFrom())))
  await vi.waitFor(async () => expect(await mailsTo(owner)).toHaveLength(3))
  const links = await sqlClient()`select 1 from one_time_links where user_id = ${owner.userId}`
  expect(links).toHaveLength(1)
})

// Taken out with: `await` before the transaction in `ask-reset.ts`.
test('A-114: asking for a link waits for nothing that only happens where the address is known', async () => {
  const { owner } = await makePerson()
  const answers: unknown[] = []
  await transaction(async tx => {
    await tx.execute('lock table users in access exclusive mode')
    const began = performance.now()
    for (const email of [owner.email.toUpperCase(), 'nobody@example.com'])
      answers.push(await askReset({ email }, anyFrom()))
    expect(performance.now() - began).toBeLessThan(2000)
  })
  expect(answers).toEqual([undefined, undefined])
  await vi.waitFor(async () => expect(await mailsTo(owner)).toHaveLength(1))
  expect(await sqlClient()`select 1 from mails where to_address = 'nobody@example.com'`).toHaveLength(0)
})

// Taken out with: `countReset`.
test('A-113: five links an account in an hour and twenty wishes a network in 15 minutes, whether or not it is known', async () => {
  const { owner } = await makePerson()
  for (const email of [owner.email, `nobody-${randomInt(1e9)}@example.com`]) {
    for (let n = 0; n < 5; n += 1) await askReset({ email }, anyFrom())
    const refused = askReset({ email: ` ${email.toUpperCase()}` }, anyFrom())
    await expect(refused).rejects.toMatchObject({ code: 'too_many', retryAfterSeconds: 3600 })
  }
  const network = (n: number) => ({ address: `2001:db8:9:9::${n.toString(16)}`, userAgent: '' })
  for (let n = 0; n < 20; n += 1) await askReset({ email: `a${n}@example.com` }, network(n))
  await expect(askReset({ email: 'a20@example.com' }, network(20))).rejects.toMatchObject({
    code: 'too_many',
  })
})

// Taken out with: `countReset`.
test('A-113: while nothing can be counted, a process lets a few wishes through and then refuses everybody', async () => {
  const from = anyFrom()
  await sqlClient()`alter table rate_limits rename to rate_limits_away`
  try {
    const ended = await Promise.allSettled(
      [1, 2, 3, 4, 5].map(n => askReset({ email: `away-${n}@example.com` }, from)),
    )
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  } finally {
    await sqlClient()`alter table rate_limits_away rename to rate_limits`
  }
})

test('a new password by a link opens an account that strangers had locked', async () => {
  const { owner } = await makePerson()
  await Promise.allSettled(Array.from({ length: 11 }, () => fits(owner, 'guess')))
  await expect(checkPassword({ email: owner.email, password: right }, anyFrom())).rejects.toMatchObject({
    code: 'too_many',
  })
  await resetPassword(await askFor(owner), { password: other }, anyFrom())
  expect(await fits(owner, other)).toBe(true)
}, 30_000)
