import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { seal } from '../../lib/crypto/seal.ts'
import { Secret } from '../../lib/crypto/secret.ts'
import { newSecret } from '../../lib/crypto/tokens.ts'
import { newWrappedKey } from '../../lib/crypto/wrap.ts'
import { keyring } from '../../lib/keys/keyring.ts'

const aStatement = 1_000

/** So many connections by OAuth of one workspace and one app in the database at `url`, none of them due. */
export async function seedGrants(url: string, count: number): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const place = await seedPlace(sql)
    for (let from = 0; from < count; from += aStatement)
      await seedSome(sql, place, Math.min(aStatement, count - from))
    await sql`analyze`
  } finally {
    await sql.end()
  }
}

type Place = { workspace: string; member: string; app: string }

async function seedPlace(sql: postgres.Sql): Promise<Place> {
  const [partner, workspace, user] = [randomUUID(), randomUUID(), randomUUID()]
  const [member, app] = [randomUUID(), randomUUID()]
  await sql`insert into partners (id, name) values (${partner}, 'Bench')`
  await sql`insert into users (id, email, name) values (${user}, 'bench@example.com', 'Bench')`
  await sql`insert into workspaces (id, partner_id, slug, name) values (${workspace}, ${partner}, 'bench', 'Bench')`
  await sql`insert into members (id, workspace_id, user_id, role) values (${member}, ${workspace}, ${user}, 'owner')`
  const secret = sealed({ workspaceId: partner, kind: 'oauth_app', id: app }, 'oauth_apps', app, {
    client_secret: newSecret(),
  })
  await sql`insert into keys.data_keys ${sql([secret.key])}`
  await sql`insert into oauth_apps (id, partner_id, connector, environment, source, client_id, client_secret, secret_last_four)
    values (${app}, ${partner}, 'workable', 'sandbox', 'console', 'bench', ${secret.texts.client_secret ?? ''}, 'cret')`
  return { workspace, member, app }
}

async function seedSome(sql: postgres.Sql, { workspace, member, app }: Place, count: number): Promise<void> {
  const made = Array.from({ length: count }, () => {
    const [id, credential] = [randomUUID(), randomUUID()]
    const owner = { workspaceId: workspace, kind: 'connection', id }
    const tokens = { access_token: newSecret(), refresh_token: newSecret() }
    return { id, credential, ...sealed(owner, 'credentials', credential, tokens) }
  })
  const rows = made.map(({ id, credential, texts }) => ({ id, credential, ...texts }))
  await sql`insert into keys.data_keys ${sql(made.map(({ key }) => key))}`
  await sql`with n as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as n(id uuid, credential uuid, access_token text, refresh_token text)),
    c as (insert into connections (id, workspace_id, connector, environment, name, way, permissions, remote_account_id,
        account_name, subdomain, last_four, created_by, oauth_app_id, access_expires_at, refresh_due_at)
      select id, ${workspace}::uuid, 'workable', 'sandbox', 'Acme', 'oauth', 'read', id::text, 'Acme', 'acme', '',
        ${member}::uuid, ${app}::uuid, now() + interval '2 hours', now() + interval '1 hour' from n)
    insert into credentials (id, workspace_id, connection_id, generation, access_token, refresh_token, access_expires_at)
      select credential, ${workspace}::uuid, id, 1, access_token, refresh_token, now() + interval '2 hours' from n`
}

/** A data key of an owner's own, and texts sealed under it in their columns of a row. */
function sealed(
  owner: { workspaceId: string; kind: string; id: string },
  table: string,
  rowId: string,
  columns: Record<string, string>,
) {
  const { primary } = keyring()
  const { workspaceId, kind: ownerKind, id: ownerId } = owner
  const dataKeyId = randomUUID()
  const { dataKey, wrapped } = newWrappedKey(primary, { dataKeyId, workspaceId, ownerKind, ownerId })
  const texts = Object.entries(columns).map(([column, text]) => [
    column,
    seal({ workspaceId, table, column, rowId, generation: 1 }, dataKey, new Secret(text)),
  ])
  const key = {
    id: dataKeyId,
    workspace_id: workspaceId,
    owner_kind: ownerKind,
    owner_id: ownerId,
    kek_id: primary.id,
    wrapped,
  }
  return { key, texts: Object.fromEntries(texts) as Record<string, string> }
}
