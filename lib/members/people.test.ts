import { expect, test, vi } from 'vitest'
import { hashToken, newToken } from '#lib/crypto/tokens.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeMember, makeWorkspace } from '#lib/db/testing.ts'
import { createSetUpLink } from './create-set-up-link.ts'
import { demoPeople, makeDemo } from './make-demo.ts'
import { isSetUpLink, setUp } from './set-up.ts'
import { workspacesOf } from './workspaces-of.ts'

const form = {
  partner: 'Corvane',
  workspace: 'Łarkfield & Söhne GmbH',
  name: 'Mariana',
  email: 'Mariana@larkfield.example',
  password: 'ferry plank quay lantern',
  samples: 'yes',
}
const reads = { locale: 'en', timeZone: null }
const secretOf = (address: string | undefined) => address?.split('/').at(-1) ?? ''
const count = async (table: string) => {
  const [row] = await sqlClient()`select count(*)::int as count from ${sqlClient()(table)}`
  return row?.count
}

test('the set-up address makes partner, workspace, owner and samples, once', async () => {
  const first = secretOf(await createSetUpLink())
  const second = secretOf(await createSetUpLink())
  expect(await isSetUpLink(first)).toBe(false)
  expect(await isSetUpLink(second)).toBe(true)
  expect(await isSetUpLink(second)).toBe(true)
  await expect(setUp(first, form, reads)).rejects.toMatchObject({ code: 'gone' })
  const taken = await Promise.allSettled([1, 2, 3].map(() => setUp(second, form, reads)))
  expect(taken.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
  const [made] = taken.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  expect(made?.slug).toBe('larkfield-sohne-gmbh')
  const counts = await Promise.all(['partners', 'workspaces', 'users', 'members', 'positions'].map(count))
  expect(counts).toEqual([1, 1, 1, 1, 24])
  expect(await isSetUpLink(second)).toBe(false)
  expect(await createSetUpLink()).toBeUndefined()
  expect(await makeDemo(new Map())).toBe('taken')
})

const waiting = async () => {
  const rows = await sqlClient()`select count(distinct pid)::int as count from pg_locks
    where not granted and database = (select oid from pg_database where datname = current_database())`
  return rows[0]?.count
}

// Taken out with: `holdSetUp` in `set-up.ts`.
test('A-112: two people with two set-up addresses at the same moment: one owns it, the other is too late', async () => {
  await sqlClient()`delete from partner_members`
  const [first, second] = [newToken('gws'), newToken('gws')]
  for (const secret of [first, second]) {
    await sqlClient()`insert into one_time_links (id, purpose, secret_hash, expires_at)
      values (gen_random_uuid(), 'set_up', ${hashToken(secret)}, now() + interval '1 hour')`
  }
  const set = (secret: string, email: string) => setUp(secret, { ...form, email }, reads)
  // Neither makes a person before both have come as far as they can.
  const { both } = await sqlClient().begin(async hold => {
    await hold`lock table users in share mode`
    const started = [set(first, 'a@larkfield.example'), set(second, 'b@larkfield.example')]
    await vi.waitFor(async () => expect(await waiting()).toBe(2), 10_000)
    return { both: Promise.allSettled(started) }
  })
  const ended = await both
  expect(ended.map(one => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await count('partner_members')).toBe(1)
})

test('a set-up address that is over, of another kind or made up opens nothing', async () => {
  await sqlClient()`delete from partner_members`
  const secret = secretOf(await createSetUpLink())
  await sqlClient()`update one_time_links set expires_at = now() - interval '1 second' where used_at is null`
  for (const tried of [secret, '', 'gws_x', `${secret}0`, secret.toUpperCase(), 'a'.repeat(10_000)]) {
    expect(await isSetUpLink(tried)).toBe(false)
    await expect(setUp(tried, form, reads)).rejects.toMatchObject({ code: 'gone' })
  }
  const kept = await sqlClient()`select secret_hash from one_time_links`
  expect(kept.some(row => secret.includes(row.secret_hash))).toBe(false)
})

// Taken out with: `z.email` in `emailAddress`, and the index `users_email` over `lower(email)`.
test('A-112: an address with a look-alike letter is refused, and one address is one account whatever its letter case', async () => {
  await sqlClient()`delete from partner_members`
  const secret = secretOf(await createSetUpLink())
  for (const email of ['mariana＠larkfield.example', 'márìana@larkfield.example', 'a@b', '', 'x'.repeat(300)])
    await expect(setUp(secret, { ...form, email }, reads)).rejects.toMatchObject({ code: 'invalid' })
  const { owner } = await makeWorkspace()
  const again = sqlClient()`insert into users (id, email, name) values (gen_random_uuid(), ${owner.email.toUpperCase()}, 'x')`
  await expect(again).rejects.toThrow('users_email')
})

test('every odd field of the set-up is named, and nothing is made', async () => {
  await sqlClient()`delete from partner_members`
  const secret = secretOf(await createSetUpLink())
  const before = await count('users')
  const refused = setUp(secret, { partner: ' ', workspace: 'x'.repeat(81), email: 'no' }, reads)
  await expect(refused).rejects.toMatchObject({
    problems: {
      partner: { key: 'forms.empty' },
      workspace: { key: 'forms.too_long', values: { max: 80 } },
      name: { key: 'forms.empty' },
      email: { key: 'forms.email' },
    },
  })
  const address = { key: 'forms.address_in_name' }
  const links = { partner: 'https://evil.example', workspace: 'www.evil.example', name: 'evil.com' }
  await expect(setUp(secret, { ...form, ...links }, reads)).rejects.toMatchObject({
    problems: { partner: address, workspace: address, name: address },
  })
  const weak = setUp(secret, { ...form, password: 'mariana larkfield corvane' }, reads)
  await expect(weak).rejects.toMatchObject({ problems: { password: { key: 'password.context' } } })
  expect(await count('users')).toBe(before)
  expect(await isSetUpLink(secret)).toBe(true)
})

test('the demo is made once and has a person of each kind', async () => {
  await sqlClient()`truncate partner_members, members, partners, workspaces, users, sessions, one_time_links cascade`
  const passwords = new Map(demoPeople.map(({ email }) => [email, `${email} and some more`]))
  expect(await makeDemo(passwords)).toBe('made')
  expect(await makeDemo(passwords)).toBe('there')
  const roles =
    await sqlClient()`select role, count(*)::int as count from members group by role order by role`
  expect(roles.map(({ role, count: people }) => [role, people])).toEqual([
    ['owner', 1],
    ['recruiter', 2],
    ['viewer', 1],
  ])
  const owners =
    await sqlClient()`select count(distinct owner_id)::int as owners, count(*)::int as count from positions`
  expect(owners[0]).toEqual({ owners: 3, count: 24 })
})

test('the workspace used last comes first, and one that she left does not come', async () => {
  const [one, two, three] = [
    await makeWorkspace('One'),
    await makeWorkspace('Two'),
    await makeWorkspace('Three'),
  ]
  const { userId } = await makeMember(one, 'viewer')
  for (const [workspace, used, removed] of [
    [two, '2026-01-02', null],
    [three, '2026-01-03', '2026-01-04'],
  ] as const)
    await sqlClient()`insert into members (id, workspace_id, user_id, role, last_used_at, removed_at)
      values (gen_random_uuid(), ${workspace.workspaceId}, ${userId}, 'admin', ${used}, ${removed})`
  expect((await workspacesOf({ userId })).map(({ slug }) => slug)).toEqual([two.slug, one.slug])
})
