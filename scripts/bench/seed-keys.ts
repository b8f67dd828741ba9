import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { seal } from '../../lib/crypto/seal.ts'
import { Secret } from '../../lib/crypto/secret.ts'
import { type KeyringKey, newWrappedKey } from '../../lib/crypto/wrap.ts'

const aStatement = 2_000

/** So many data keys that this key wraps, each of a connection by name only; told as `[data key, connection]`. */
export async function seedDataKeys(
  sql: postgres.Sql,
  kek: KeyringKey,
  count: number,
  each: (made: Made[]) => Promise<unknown> = async () => {},
  workspaceId: string = randomUUID(),
): Promise<void> {
  for (let from = 0; from < count; from += aStatement) {
    const made = Array.from({ length: Math.min(aStatement, count - from) }, () => make(kek, workspaceId))
    await each(made)
    const rows = made.map(({ dataKeyId, ownerId, wrapped }) => ({
      id: dataKeyId,
      owner_id: ownerId,
      wrapped,
    }))
    await sql`insert into keys.data_keys (id, workspace_id, owner_kind, owner_id, kek_id, wrapped)
      select n.id, ${workspaceId}::uuid, 'connection', n.owner_id, ${kek.id}, n.wrapped
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as n(id uuid, owner_id uuid, wrapped text)`
  }
  await sql`analyze keys.data_keys`
}

type Made = ReturnType<typeof make>

function make(kek: KeyringKey, workspaceId: string) {
  const [dataKeyId, ownerId, rowId] = [randomUUID(), randomUUID(), randomUUID()]
  const { dataKey, wrapped } = newWrappedKey(kek, {
    dataKeyId,
    workspaceId,
    ownerKind: 'connection',
    ownerId,
  })
  const place = { workspaceId, table: 'credentials', column: 'api_key', rowId, generation: 1 }
  return { dataKeyId, ownerId, rowId, wrapped, sealed: seal(place, dataKey, new Secret(randomUUID())) }
}

/** So many connections of one workspace, each with its sealed credential, three jobs and ten events. */
export async function seedConnections(url: string, kek: KeyringKey, count: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [partner, workspace, user, member] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    await sql`insert into partners (id, name) values (${partner}, 'Bench')`
    await sql`insert into users (id, email, name) values (${user}, 'bench@example.com', 'Bench')`
    await sql`insert into workspaces (id, partner_id, slug, name) values (${workspace}, ${partner}, 'bench', 'Bench')`
    await sql`insert into members (id, workspace_id, user_id, role) values (${member}, ${workspace}, ${user}, 'owner')`
    const connections = async (made: Made[]) => {
      const rows = made.map(({ ownerId, rowId, sealed }) => ({ id: ownerId, row_id: rowId, sealed }))
      await sql`with n as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as n(id uuid, row_id uuid, sealed text)),
        c as (insert into connections (id, workspace_id, connector, environment, name, way, permissions, remote_account_id, account_name, subdomain, last_four, created_by)
          select id, ${workspace}::uuid, 'workable', 'live', 'Acme', 'api_key', 'read', id::text, 'Acme', 'acme', 'c41e', ${member}::uuid from n)
        insert into credentials (id, workspace_id, connection_id, generation, api_key)
          select row_id, ${workspace}::uuid, id, 1, sealed from n`
    }
    await seedDataKeys(sql, kek, count, connections, workspace)
    await sql`insert into jobs (id, workspace_id, connection_id, remote_id, remote_ref, title, state, search)
      select gen_random_uuid(), workspace_id, id, n::text, 'ABC', 'Quay Crane Operator', 'published', 'quay crane operator'
      from connections, generate_series(1, 3) n`
    await sql`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data)
      select gen_random_uuid(), ${partner}::uuid, workspace_id, 'connection.renamed', 'member', created_by::text, 'connection', id::text, '{}'
      from connections, generate_series(1, 10) n`
  } finally {
    await sql.end()
  }
}
