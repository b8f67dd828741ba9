import { randomUUID } from 'node:crypto'
import { type SQLWrapper, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MemberActor, PartnerActor } from '#lib/actors.ts'
import { pageQuery as mailsPage } from '#lib/mail/list.ts'
import { pageQuery as invitationsPage } from '#lib/members/list-invitations.ts'
import { pageQuery as noticesPage } from '#lib/notices/list.ts'
import { db, sqlClient } from './client.ts'
import { makeWorkspace } from './testing.ts'

const rows = 5000

async function fill(owner: MemberActor): Promise<void> {
  const { partnerId, workspaceId, memberId } = owner
  const connection = randomUUID()
  await sqlClient()`insert into mails (id, partner_id, kind, to_address, locale, time_zone, data, created_at)
    select gen_random_uuid(), ${partnerId}, 'password_changed', 'a@b.example', 'en', 'UTC', '{}', now() - n * interval '1 second'
    from generate_series(1, ${rows}) n`
  await sqlClient()`insert into invitations (id, workspace_id, email, role, secret_hash, expires_at, created_at)
    select gen_random_uuid(), ${workspaceId}, n || '@b.example', 'viewer', gen_random_uuid()::text, now(), now() - n * interval '1 second'
    from generate_series(1, ${rows}) n`
  await sqlClient()`insert into connections (id, workspace_id, connector, environment, name, way, permissions, remote_account_id,
      account_name, subdomain, last_four, created_by)
    values (${connection}, ${workspaceId}, 'workable', 'sandbox', 'One', 'api_key', 'read', 'r', 'A', 'a', '1234', ${memberId})`
  await sqlClient()`insert into notices (id, workspace_id, member_id, kind, key, subject_kind, subject_id, data, created_at)
    select gen_random_uuid(), ${workspaceId}, ${memberId}, 'needs_reauth', n::text, 'connection', ${connection}, '{}', now() - n * interval '1 second'
    from generate_series(1, ${rows}) n`
  await sqlClient()`analyze mails, invitations, notices, connections`
}

const planOf = async (query: SQLWrapper) => JSON.stringify(await db().execute(sql`explain ${query}`))

// Taken out with: `nulls last` in `newest-first.ts`, which drizzle's indexes have and its `desc` has not.
test('a page of mails, invitations and notices is read from its index, however many there are, and nothing is sorted', async () => {
  const { owner, partnerId } = await makeWorkspace()
  await fill(owner)
  const { userId, sessionId, name, email } = owner
  const partner: PartnerActor = { kind: 'partner', partnerId, userId, sessionId, name, email, role: 'owner' }
  const plans = {
    mails_list: await planOf(mailsPage(partner)),
    invitations_list: await planOf(invitationsPage(owner, '')),
    notices_list: await planOf(noticesPage(owner)),
  }
  for (const [index, plan] of Object.entries(plans)) {
    expect(plan).toContain(index)
    expect(plan).not.toContain('Sort')
  }
})
