import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { makeWorkspace } from '#lib/db/testing.ts'
import { newId } from '#lib/ids.ts'
import { bareConnection } from '#lib/notices/testing.ts'
import { forgetOld } from './forget-old.ts'
import { type Kept, keptDays } from './kept-days.ts'

type Row = Record<string, string | number | boolean | null>

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

/** Puts a row into a table as it stands there. Gives its id. */
async function put(table: string, row: Row): Promise<string> {
  const id = newId()
  const whole = JSON.stringify({ id, ...row })
  const names = sql.join(
    ['id', ...Object.keys(row)].map(name => sql.identifier(name)),
    sql`, `,
  )
  const into = sql.identifier(table)
  await db().execute(
    sql`insert into ${into} (${names}) select ${names} from jsonb_populate_record(null::${into}, ${whole}::jsonb)`,
  )
  return id
}

const isThere = async (table: string, id: string) =>
  (await db().execute(sql`select 1 from ${sql.identifier(table)} where id = ${id}`)).length === 1

/** A row of each kind that ended so many days ago, and what each needs beside it. */
async function endedRows(days: number): Promise<Record<Kept, string>> {
  const { owner, partnerId, workspaceId } = await makeWorkspace()
  const { userId: user_id, memberId: member_id } = owner
  const connection_id = await bareConnection(owner)
  const end = daysAgo(days)
  const mail = { partner_id: partnerId, kind: 'password_changed', to_address: 'a@example.com', to_name: '' }
  const language = { locale: 'en', time_zone: 'UTC', data: '{}' }
  const check = { workspace_id: workspaceId, connection_id, purpose: 'look', findings: '[]', attempts: 1 }
  const app_id = await put('oauth_apps', {
    ...{
      partner_id: partnerId,
      connector: 'workable',
      environment: 'live',
      source: 'console',
      client_id: 'c',
    },
    ...{ client_secret: 'cv1.x', secret_last_four: '', secret_generation: 1, state: 'working' },
    ...{ created_at: end, updated_at: end },
  })
  const made = {
    sessions: await put('sessions', {
      ...{ secret_hash: newId(), user_id, created_at: end, last_used_at: end, proven_at: end },
      ...{ expires_at: end, user_agent: '', address: '' },
    }),
    one_time_links: await put('one_time_links', {
      ...{ purpose: 'password_reset', user_id, secret_hash: newId(), created_at: end, expires_at: end },
    }),
    invitations: await put('invitations', {
      ...{ workspace_id: workspaceId, email: 'b@example.com', role: 'viewer', secret_hash: newId() },
      ...{ created_at: end, sent_at: end, expires_at: end, withdrawn_at: end },
    }),
    mails: await put('mails', {
      ...mail,
      ...language,
      state: 'sent',
      attempts: 1,
      created_at: end,
      sent_at: end,
    }),
    notices: await put('notices', {
      ...{ workspace_id: workspaceId, member_id, kind: 'needs_reauth', key: newId(), data: '{}' },
      ...{ subject_kind: 'connection', subject_id: connection_id, created_at: end, seen_at: end },
    }),
    checks: await put('checks', {
      ...check,
      state: 'finished',
      generation: 1,
      created_at: end,
      finished_at: end,
    }),
    refreshes: await put('refreshes', {
      ...{ workspace_id: workspaceId, connection_id, app_id, outcome: 'refreshed', milliseconds: 1, at: end },
    }),
    revocations: await put('revocations', {
      ...{
        workspace_id: workspaceId,
        app_id,
        reason: 'unconfirmed',
        connector: 'workable',
        environment: 'live',
      },
      ...{ state: 'proven', attempts: 1, created_at: end, ends_at: end, settled_at: end },
    }),
  } satisfies Record<Kept, string>
  await put('checks', {
    ...check,
    state: 'finished',
    generation: 2,
    created_at: daysAgo(0),
    finished_at: daysAgo(0),
  })
  return made
}

test.each(Object.entries(keptDays))(
  '%s are kept for %d days after their end, and forgotten then',
  async (table, days) => {
    const [old, young] = [await endedRows(days + 1), await endedRows(days - 1)]
    const { [table as Kept]: forgotten } = await forgetOld()
    expect(forgotten).toBeGreaterThan(0)
    expect(await isThere(table, old[table as Kept])).toBe(false)
    expect(await isThere(table, young[table as Kept])).toBe(true)
  },
)

test('what has not ended stays, however old: a mail that waits, an invitation that is open, a notice nobody saw, the newest check', async () => {
  const rows = await endedRows(2_000)
  await db().execute(sql`update mails set state = 'queued' where id = ${rows.mails}`)
  await db().execute(sql`update invitations set withdrawn_at = null where id = ${rows.invitations}`)
  await db().execute(sql`update notices set seen_at = null where id = ${rows.notices}`)
  await db().execute(
    sql`update revocations set state = 'waiting', settled_at = null where id = ${rows.revocations}`,
  )
  await db().execute(sql`delete from checks where created_at > now() - interval '1 day'`)
  await forgetOld()
  for (const table of ['mails', 'invitations', 'notices', 'revocations', 'checks'] as const)
    expect(await isThere(table, rows[table]), table).toBe(true)
})

test('operators read the same days', () => {
  const page = readFileSync(new URL('../../docs/operators.md', import.meta.url), 'utf8')
  for (const [table, days] of Object.entries(keptDays))
    expect(page).toMatch(new RegExp(`^\\| \`${table}\` \\|.*\\| ${days} days \\|$`, 'm'))
})
