import { randomInt } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import * as password from '#lib/crypto/password.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { GangwayError } from '#lib/errors.ts'
import { forgetAccount } from '#lib/limits/sign-in.ts'
import { checkPassword } from './sign-in.ts'

// The limits are of interest here and the hash is not: a cheap one stands in, and its calls are counted.
vi.mock('#lib/crypto/password.ts', { spy: true })
const right = 'ferry plank quay lantern'
let hashes = 0

beforeEach(() => {
  hashes = 0
  vi.mocked(password.verifyPassword).mockImplementation(async (typed, stored) => {
    hashes += 1
    return stored !== null && typed === right
  })
  vi.mocked(password.needsRehash).mockReturnValue(false)
})

async function makePerson() {
  const { owner } = await makeWorkspace()
  await sqlClient()`insert into identities (id, user_id, kind, password_hash) values (gen_random_uuid(), ${owner.userId}, 'password', '$scrypt$…')`
  return owner
}

const anyAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
const tried = async (
  email: string,
  typed: string,
  from: { address: string; knownUserId?: string } = { address: anyAddress() },
) => {
  try {
    await checkPassword({ email, password: typed }, from)
    return 'in'
  } catch (error) {
    if (!(error instanceof GangwayError)) throw error
    return error.code === 'too_many' ? `wait ${error.retryAfterSeconds}` : JSON.stringify(error.problems)
  }
}
const wrong = JSON.stringify({ password: { key: 'signIn.problems.wrong' } })

test('the right password lets in, whatever the letter case of the address', async () => {
  const { email, userId } = await makePerson()
  expect(
    await checkPassword({ email: ` ${email.toUpperCase()} `, password: right }, { address: '::1' }),
  ).toBe(userId)
})

// Taken out with: the hash for `null`, or `users.disabledAt` in `findIdentity`.
test('A-114: a wrong password, an unknown address and a user who is switched off look the same and cost one hash each', async () => {
  const known = await makePerson()
  const off = await makePerson()
  await sqlClient()`update users set disabled_at = now() where id = ${off.userId}`
  for (const [email, typed] of [
    [known.email, 'wrong'],
    ['nobody@example.com', right],
    [off.email, right],
    ['not an address', right],
    ['mariana＠example.com', right],
  ] as const) {
    hashes = 0
    expect(await tried(email, typed)).toBe(wrong)
    expect(hashes).toBe(1)
  }
})

// Taken out with: `isStill` in `sign-in.ts`.
test('A-110: the old password opens nothing when a new one is set while it is being checked', async () => {
  const { email, userId } = await makePerson()
  vi.mocked(password.verifyPassword).mockImplementationOnce(async () => {
    await sqlClient()`update identities set password_hash = '$scrypt$new', updated_at = now() where user_id = ${userId}`
    return true
  })
  expect(await tried(email, right)).toBe(wrong)
  expect(await tried(email, right)).toBe('in')
})

// Taken out with: `byAccount` in `countSignIn`.
test('A-113: ten wrong passwords an account in 15 minutes, then she waits, the right one included; other accounts do not', async () => {
  const [one, other] = [await makePerson(), await makePerson()]
  for (let n = 0; n < 10; n += 1) expect(await tried(one.email, 'wrong')).toBe(wrong)
  expect(await tried(one.email, right)).toBe('wait 900')
  expect(await tried(one.email.toUpperCase(), 'wrong')).toMatch(/^wait \d+$/)
  expect(hashes).toBe(10)
  expect(await tried(other.email, right)).toBe('in')
})

// Taken out with: `countSignIn` for whom there is no account.
test('A-113: an address that does not exist is limited as one that does', async () => {
  const email = `nobody-${randomInt(1e9)}@example.com`
  for (let n = 0; n < 10; n += 1) expect(await tried(email, 'wrong')).toBe(wrong)
  expect(await tried(email, 'wrong')).toBe('wait 900')
})

// Taken out with: `consume` of `limiter.ts`, a reading and a writing in its place.
test('A-113: fifty tries at the same moment are ten tries', async () => {
  const { email } = await makePerson()
  const answers = await Promise.all(Array.from({ length: 50 }, () => tried(email, 'wrong')))
  expect(answers.filter(answer => answer === wrong)).toHaveLength(10)
})

// Taken out with: `byAddress` or its `reward` in `limits/sign-in.ts`, or `networkOf`.
test('A-113: thirty tries from one network in 15 minutes, whatever the accounts; signing in gives its try back', async () => {
  const { email } = await makePerson()
  const from = (n: number) => ({ address: `2001:db8:7:7::${n.toString(16)}` })
  for (let n = 0; n < 3; n += 1) expect(await tried(email, right, from(n))).toBe('in')
  for (let n = 0; n < 30; n += 1) expect(await tried(`a${n}@example.com`, 'wrong', from(n))).toBe(wrong)
  expect(await tried(email, right, from(99))).toMatch(/^wait \d+$/)
  expect(await tried(email, right, { address: '2001:db8:7:8::1' })).toBe('in')
})

// Taken out with: `longerWait` or `byAccountInAll` in `countSignIn`.
test('A-113: each wait of an account is twice the last one, and a thousand networks get at most 100 tries in all', async () => {
  const { email } = await makePerson()
  const waits: string[] = []
  let failures = 0
  for (let n = 0; n < 300; n += 1) {
    const answer = await tried(email, 'wrong')
    if (answer === wrong) failures += 1
    else {
      waits.push(answer)
      // As if the wait were over.
      await sqlClient()`update rate_limits set expire = 1 where key like 'sign-in-account:%' or key like 'sign-in-address:%'`
    }
  }
  expect(waits.slice(0, 5)).toEqual(['wait 900', 'wait 1800', 'wait 3600', 'wait 7200', 'wait 14400'])
  expect(failures).toBe(100)
})

// Taken out with: `attempt.device` in `countSignIn`.
test('A-113: strangers at her account do not lock her out of a browser she has used before', async () => {
  const { email, userId } = await makePerson()
  for (let n = 0; n < 12; n += 1) await tried(email, 'wrong')
  expect(await tried(email, right)).toMatch(/^wait/)
  expect(await tried(email, right, { address: anyAddress(), knownUserId: userId })).toBe('in')
  expect(await tried(email, right)).toBe('in')
})

// Taken out with: `found.userId` beside `from.knownUserId` in `checkPassword`, or `byDevice` in `countSignIn`.
test('A-113: a known browser of somebody else opens no more tries at this account, and its own are limited too', async () => {
  const [one, other] = [await makePerson(), await makePerson()]
  const theirs = () => ({ address: anyAddress(), knownUserId: other.userId })
  for (let n = 0; n < 5; n += 1) {
    expect(await tried(one.email, 'wrong', theirs())).toBe(wrong)
    expect(await tried(one.email, 'wrong')).toBe(wrong)
  }
  expect(await tried(one.email, 'wrong', theirs())).toMatch(/^wait/)
  const own = () => ({ address: anyAddress(), knownUserId: other.userId })
  for (let n = 0; n < 10; n += 1) expect(await tried(other.email, 'wrong', own())).toBe(wrong)
  expect(await tried(other.email, 'wrong', own())).toMatch(/^wait/)
})

// Taken out with: `byDeviceInAll` in `countSignIn`.
test('A-113: who has taken a whole browser, its cookies included, gets at most 100 tries a day at her password', async () => {
  const { email, userId } = await makePerson()
  let failures = 0
  for (let n = 0; n < 150; n += 1) {
    if ((await tried(email, 'wrong', { address: anyAddress(), knownUserId: userId })) === wrong) failures += 1
    await sqlClient()`update rate_limits set expire = 1 where key like 'sign-in-device:%'`
  }
  expect(failures).toBe(100)
  await forgetAccount({ email, userId })
  expect(await tried(email, right, { address: anyAddress(), knownUserId: userId })).toBe('in')
})

// Taken out with: `insuranceLimiter` in `limiter.ts`, more points in its place.
test('A-113: while nothing can be counted, a process lets a few tries through and then refuses everybody', async () => {
  const { email } = await makePerson()
  const from = { address: anyAddress() }
  await sqlClient()`alter table rate_limits rename to rate_limits_away`
  try {
    const answers: string[] = []
    for (let n = 0; n < 6; n += 1) answers.push(await tried(email, 'wrong', from))
    expect(answers.slice(0, 3)).toEqual([wrong, wrong, wrong])
    for (const answer of answers.slice(3)) expect(answer).toMatch(/^wait \d+$/)
  } finally {
    await sqlClient()`alter table rate_limits_away rename to rate_limits`
  }
  expect(await tried(email, right, from)).toBe('in')
})

test('no e-mail address stands in the counters', async () => {
  const { email } = await makePerson()
  await tried(email, 'wrong')
  const rows = await sqlClient()`select key from rate_limits`
  expect(rows.length).toBeGreaterThan(0)
  for (const { key } of rows) expect(key).not.toContain('@')
})
