import { expect, test } from 'vitest'
import type { PartnerActor, PartnerRole } from '#lib/actors.ts'
import { sqlClient } from '#lib/db/client.ts'
import { makeWorkspace as makeTestWorkspace } from '#lib/db/testing.ts'
import { startSession } from '#lib/members/start-session.ts'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import { makeWorkspace } from './make-workspace.ts'

const from = { address: '::1' }

async function partnerPerson(role: PartnerRole): Promise<PartnerActor> {
  const { owner, partnerId } = await makeTestWorkspace()
  const { userId, name, email } = owner
  const { id: sessionId } = await startSession(userId, { userAgent: '', address: '::1', timeZone: null })
  return { kind: 'partner', partnerId, userId, sessionId, name, email, role }
}

test('the partner makes a workspace for a customer, and whoever makes it owns it', async () => {
  for (const role of ['owner', 'admin'] as const) {
    const actor = await partnerPerson(role)
    const slug = await makeWorkspace(actor, { name: '  Łódź   Bakery ' }, from)
    expect(slug).toMatch(/^lodz-bakery/)
    const [made] = await sqlClient()`select w.id, w.name, w.partner_id, m.role from workspaces w
      join members m on m.workspace_id = w.id and m.user_id = ${actor.userId} where w.slug = ${slug}`
    expect(made).toMatchObject({ name: 'Łódź Bakery', partner_id: actor.partnerId, role: 'owner' })
    expect((await workspacesOf(actor)).map(place => place.slug)).toContain(slug)
    const events = await sqlClient()`select name, actor_kind, actor_id from events
      where workspace_id = ${String(made?.id)} order by name`
    expect([...events]).toEqual([
      { name: 'member.added', actor_kind: 'partner', actor_id: actor.userId },
      { name: 'workspace.created', actor_kind: 'partner', actor_id: actor.userId },
    ])
  }
})

test('support makes none, an empty name makes none, an old sign-in wants the password', async () => {
  const support = await partnerPerson('support')
  await expect(makeWorkspace(support, { name: 'Bakery' }, from)).rejects.toMatchObject({ code: 'forbidden' })
  const owner = await partnerPerson('owner')
  for (const name of ['', ' \u200b ', 'x'.repeat(81), 'www.evil.example'])
    await expect(makeWorkspace(owner, { name }, from)).rejects.toMatchObject({ problems: { name: {} } })
  await sqlClient()`update sessions set proven_at = now() - interval '16 minutes' where id = ${owner.sessionId}`
  const refused = makeWorkspace(owner, { name: 'Bakery' }, from)
  await expect(refused).rejects.toMatchObject({ problems: { password: { key: 'prove.needed' } } })
  expect(await workspacesOf(owner)).toHaveLength(1)
})

// Taken out with: the advisory lock in `create-workspace.ts`.
test('customers of one name made at the same moment have an address each', async () => {
  const actor = await partnerPerson('owner')
  const slugs = await Promise.all([1, 2, 3, 4].map(() => makeWorkspace(actor, { name: 'Twin Bakery' }, from)))
  expect(slugs.toSorted()).toEqual(['twin-bakery', 'twin-bakery-2', 'twin-bakery-3', 'twin-bakery-4'])
})
