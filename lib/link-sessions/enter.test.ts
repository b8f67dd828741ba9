import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { candidateCredentials, linkSessions } from '#lib/db/schema/index.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { enterForm } from './enter.ts'
import { startLinkSession } from './start.ts'

const key = 'CNRYq7Xf2_Jd9sLw0aVb3NcMk4TzRy8HuEi1GoPx5Qm'

/** A walk that stands where the fields are entered. */
async function walkAtTheFields() {
  const { owner } = await makeWorkspace()
  const { id } = await startLinkSession(owner, { connector: 'workable', environment: 'sandbox' })
  const answers = { way: 'api_key', admin: 'me', permissions: 'read_write' } as const
  await db().update(linkSessions).set({ answers }).where(eq(linkSessions.id, id))
  const user = { ...owner, kind: 'user' } as const
  const row = async () => (await db().select().from(linkSessions).where(eq(linkSessions.id, id)))[0]
  return { id, user, row }
}

// Taken out with: `mayBeSecret` in `may-keep.ts`.
test.each([key, `Authorization: Bearer ${key}`, `curl -H "Authorization: Bearer ${key}" https://x`])(
  'a key in the field for the subdomain is refused and kept nowhere: %s',
  async typed => {
    const { id, user, row } = await walkAtTheFields()
    const form = { sessionId: id, typed: { subdomain: typed, partner_client_id: typed, name: 'Ours' } }
    await enterForm(user, form)
    const kept = await row()
    expect(kept?.shown?.problems).toHaveProperty('subdomain')
    expect(kept?.shown?.values).toEqual({ name: 'Ours' })
    expect(JSON.stringify(kept)).not.toContain('CNRY')
  },
)

test('the key typed twice, in its own field and in another, is not kept from the other', async () => {
  const { id, user, row } = await walkAtTheFields()
  const typed = {
    subdomain: 'https://evil.com',
    api_key: 'short-one',
    partner_client_id: 'short-one',
    name: '',
  }
  await enterForm(user, { sessionId: id, typed })
  expect((await row())?.shown?.values).toEqual({ subdomain: 'https://evil.com', name: '' })
})

// Taken out with: `fieldsWithKey` in `enter.ts`.
test.each([
  ['the name', { name: `Ours ${key}` }],
  ['the name alone', { name: key, api_key: 'another-key-1' }],
  ['the client id', { partner_client_id: key }],
  ['both, the key pasted twice', { name: key, partner_client_id: key, api_key: `${key} ${key}` }],
])('a key that stands in %s as well is stored nowhere, and nothing is sealed', async (_, more) => {
  const { id, user, row } = await walkAtTheFields()
  expect(await enterForm(user, { sessionId: id, typed: { subdomain: 'acme', api_key: key, ...more } })).toBe(
    'enter',
  )
  const kept = await row()
  expect(JSON.stringify(kept)).not.toContain('CNRY')
  expect(Object.keys(kept?.shown?.problems ?? {})).not.toEqual([])
  expect(await db().$count(candidateCredentials, eq(candidateCredentials.linkSessionId, id))).toBe(0)
})

test('a wrong subdomain is shown again as it was typed, with a sentence at its field', async () => {
  const { id, user, row } = await walkAtTheFields()
  await enterForm(user, { sessionId: id, typed: { subdomain: 'Acme Logistics' } })
  expect((await row())?.shown).toMatchObject({
    values: { subdomain: 'Acme Logistics' },
    problems: { subdomain: { key: 'workable.problems.subdomain.spaces' } },
  })
})
