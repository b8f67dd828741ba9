import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { sessionCookie } from '../../lib/auth.ts'
import { db, transaction } from '../../lib/db/client.ts'
import { positions } from '../../lib/db/schema/index.ts'
import { makeWorkspace, type TestWorkspace } from '../../lib/db/testing.ts'
import { startSession } from '../../lib/members/start-session.ts'

const titles = ['Warehouse Lead', 'HGV Driver', 'Customs Broker', 'Account Executive', 'Backend Engineer']
const departments = ['Operations', 'Transport', 'Compliance', 'Sales', 'Engineering']
const aStatement = 1000

/** A workspace with so many open positions, and the cookie of its owner. */
export async function seedWorkspace(count: number): Promise<TestWorkspace & { cookie: string }> {
  const made = await makeWorkspace(`Bench${count}`)
  for (let from = 0; from < count; from += aStatement) {
    const rows = Array.from({ length: Math.min(aStatement, count - from) }, (_, at) => row(made, from + at))
    await db().insert(positions).values(rows)
  }
  await db().execute(sql`analyze positions`)
  const { userId } = made.owner
  const { secret } = await startSession(userId, { userAgent: 'bench', address: '127.0.0.1', timeZone: 'UTC' })
  const [cookie = ''] = (await sessionCookie({ secret, userId })).split(';')
  return { ...made, cookie }
}

function row({ workspaceId, owner }: TestWorkspace, at: number): typeof positions.$inferInsert {
  const title = `${titles[at % titles.length]} ${at}`
  const department = departments[at % departments.length] ?? ''
  const code = `NL/${at}`
  return {
    id: randomUUID(),
    workspaceId,
    title,
    code,
    department,
    place: 'Rotterdam',
    ownerId: owner.memberId,
    search: `${title} ${code} ${department} rotterdam`.toLowerCase(),
    createdAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000),
  }
}

/** So many entries in the log of a workspace, one a second, in one statement: a million take half a minute. */
export async function seedEvents(
  { partnerId, workspaceId, owner }: TestWorkspace,
  count: number,
): Promise<void> {
  await transaction(async tx => {
    await tx.execute(sql`set local statement_timeout = 0`)
    await tx.execute(sql`insert into events
      (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data, at, address, user_agent)
      select gen_random_uuid(), ${partnerId}::uuid, ${workspaceId}::uuid,
        (array['position.edited', 'position.linked', 'connection.health_changed', 'link_session.started'])[1 + n % 4],
        'member', ${owner.memberId}, 'position', md5((n % 1000)::text)::uuid::text, '{}', now() - make_interval(secs => n),
        '192.0.2.1', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0'
      from generate_series(1, ${count}::int) n`)
  })
  await db().execute(sql`analyze events`)
}
