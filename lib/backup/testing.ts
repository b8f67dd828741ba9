import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getTableColumns } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, inject, vi } from 'vitest'
import { hashPassword } from '#lib/crypto/password.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { migrateDatabase } from '#lib/db/migrate.ts'
import { credentials } from '#lib/db/schema/index.ts'
import { tablesToKeep } from './tables.ts'

/** The `when` of `0003_connection_lifecycle`: the schema at the end of the first issue. */
export const firstIssue = 1_795_634_337_925

type Address = { url: string; sql: postgres.Sql }

const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

/** An empty database of the test's own, or a copy of the run's migrated one. For tests. */
export async function emptyDatabase(template = 'template1'): Promise<Address> {
  const address = new URL(inject('cluster').url)
  const maintenance = postgres(address.href, { max: 1, onnotice: () => {} })
  const name = `b_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await maintenance`create database ${maintenance(name)} template ${maintenance(template)}`
  address.pathname = name
  const sql = postgres(address.href, { max: 2, onnotice: () => {} })
  closers.push(async () => {
    await sql.end({ timeout: 1 })
    await maintenance`drop database ${maintenance(name)} with (force)`
    await maintenance.end()
  })
  return { url: address.href, sql }
}

/** A directory of the test's own. For tests. */
export function someDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'gangway-backup-'))
  closers.push(async () => rmSync(directory, { recursive: true, force: true }))
  return directory
}

/** The program as a process that was started on this database with this keyring. For tests. */
export async function startedOn({ url }: Address, ...entries: string[]) {
  vi.resetModules()
  vi.stubEnv('DATABASE_URL', url)
  vi.stubEnv('GANGWAY_KEYS', entries.join(','))
  Object.assign(globalThis, {
    gangwayKeptKeys: undefined,
    gangwayDatabase: undefined,
    gangwaySender: undefined,
  })
  const [client, credentials, keys, signIn, resume, queue] = await Promise.all([
    import('#lib/db/client.ts'),
    import('#lib/connections/credentials.ts'),
    import('#lib/keys/check-at-start.ts'),
    import('#lib/members/sign-in.ts'),
    import('./resume-tasks.ts'),
    import('#lib/queue/send.ts'),
  ])
  const close = async () => {
    await queue.closeQueue()
    await client.closeDatabase()
  }
  return { ...client, ...credentials, ...keys, ...signIn, ...resume, close }
}

let hash: Promise<string> | undefined
const passwordHash = () => {
  hash ??= hashPassword(known.password)
  return hash
}

/** What the fixture's people and rows are known by. For tests. */
export const known = {
  email: 'noor@example.com',
  password: 'nine gulls over the quay',
  key: 'a-key-of-the-ats',
  odd: 'tab\t, line\nend, back\\slash, \\N and ♥',
}

/**
 * A database at the schema of the first issue's end (or at the newest) with a row in every table of that time, and a connection whose
 * key is sealed. For tests.
 */
export async function filledDatabase(entry: string, upTo?: number) {
  const made = await emptyDatabase(upTo === undefined ? inject('cluster').template : undefined)
  if (upTo !== undefined) await migrateDatabase(made.url, 'drizzle', { upTo })
  const ids = await fill(made.sql)
  const program = await startedOn(made, entry)
  await program.assertKeyring()
  // Today's program writes columns that the schema of that time lacks.
  const lacking = upTo === undefined ? [] : await lackingIn(made.sql)
  for (const column of lacking) await made.sql`alter table credentials add ${made.sql(column)} text`
  await program.transaction(tx => program.writeCredential(tx, ids, 1, new Secret(known.key)))
  for (const column of lacking) await made.sql`alter table credentials drop ${made.sql(column)}`
  await program.close()
  return { ...made, ...ids }
}

async function lackingIn(sql: postgres.Sql): Promise<string[]> {
  const there =
    await sql`select column_name as name from information_schema.columns where table_name = 'credentials'`
  const names = Object.values(getTableColumns(credentials)).map(({ name }) => name)
  return names.filter(name => there.every(column => column.name !== name))
}

async function fill(sql: postgres.Sql) {
  const [partner, workspaceId, user, member, position, connectionId, job, walk] = Array.from(
    { length: 8 },
    () => randomUUID(),
  ) as [string, string, string, string, string, string, string, string]
  const id = randomUUID
  await sql`insert into partners (id, name) values (${partner}, 'Larkfield')`
  await sql`insert into users (id, email, name) values (${user}, ${known.email}, 'Noor')`
  await sql`insert into identities (id, user_id, kind, password_hash) values (${id()}, ${user}, 'password', ${await passwordHash()})`
  await sql`insert into workspaces (id, partner_id, slug, name) values (${workspaceId}, ${partner}, 'larkfield', 'Larkfield')`
  await sql`insert into members (id, workspace_id, user_id, role) values (${member}, ${workspaceId}, ${user}, 'owner')`
  await sql`insert into partner_members (id, partner_id, user_id, role) values (${id()}, ${partner}, ${user}, 'owner')`
  await sql`insert into positions (id, workspace_id, title, owner_id, search) values (${position}, ${workspaceId}, ${known.odd}, ${member}, 'odd')`
  await sql`insert into connections (id, workspace_id, connector, environment, name, way, permissions, remote_account_id, account_name, subdomain, last_four, created_by, jobs_state)
    values (${connectionId}, ${workspaceId}, 'workable', 'sandbox', 'Acme', 'api_key', 'read', 'r1', 'Acme', 'acme', 'c41e', ${member}, 'fetching')`
  await sql`insert into jobs (id, workspace_id, connection_id, remote_id, remote_ref, title, state, search) values (${job}, ${workspaceId}, ${connectionId}, 'j1', 'ABC', 'Baker', 'published', 'baker')`
  await sql`insert into position_links (id, workspace_id, position_id, connection_id, job_id, created_by) values (${id()}, ${workspaceId}, ${position}, ${connectionId}, ${job}, ${member})`
  await sql`insert into link_sessions (id, workspace_id, started_by, position_id, connector, environment, answers, expires_at)
    values (${walk}, ${workspaceId}, ${member}, ${position}, 'workable', 'sandbox', ${sql.json({ subdomain: 'acme' })}, now() + interval '1 day')`
  await sql`insert into checks (id, workspace_id, connection_id, state, findings) values (${id()}, ${workspaceId}, ${connectionId}, 'queued', '[]')`
  await sql`insert into consents (id, workspace_id, link_session_id, connection_id, user_id, member_id, person_name, connector, permissions, scopes, locale, wording)
    values (${id()}, ${workspaceId}, ${walk}, ${connectionId}, ${user}, ${member}, 'Noor', 'workable', 'read', '["r_jobs"]', 'en', '{}')`
  await sql`insert into ats_requests (id, workspace_id, member_id, name) values (${id()}, ${workspaceId}, ${member}, 'Other')`
  await sql`insert into feedback (id, workspace_id, member_id, kind) values (${id()}, ${workspaceId}, ${member}, 'went_well')`
  await sql`insert into deletion_receipts (id, workspace_id, connection_id, connector, environment, name, account_name, subdomain, way, last_four, ended_links, deleted_by, deleted_by_name)
    values (${id()}, ${workspaceId}, ${connectionId}, 'workable', 'sandbox', 'Old', 'Old', 'old', 'api_key', 'c41e', '[]', ${member}, 'Noor')`
  // More than a driver's buffers hold at a time.
  await sql`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data)
    select gen_random_uuid(), ${partner}, ${workspaceId}, 'position.edited', 'member', ${member}, 'position', ${position}, jsonb_build_object('n', n)
    from generate_series(1, 5000) n`
  await sql`insert into candidate_credentials (id, workspace_id, link_session_id, api_key, last_four, expires_at) values (${id()}, ${workspaceId}, ${walk}, 'cv1.typed', 'c41e', now() + interval '1 hour')`
  await sql`insert into sessions (id, secret_hash, user_id, expires_at) values (${id()}, 'hash', ${user}, now() + interval '7 days')`
  await sql`insert into one_time_links (id, purpose, secret_hash, expires_at) values (${id()}, 'set_up', 'hash', now() + interval '1 day')`
  return { workspaceId, connectionId, user }
}

/** Every row that a backup keeps, as text, table by table. For tests. */
export async function rowsIn({ sql }: Address): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const { schema, name, columns } of await tablesToKeep(sql)) {
    const rows = await sql`select to_jsonb(t) as row from ${sql(schema)}.${sql(name)} t`
    const known = (row: object) =>
      Object.entries(row)
        .filter(([column]) => columns.includes(column))
        .sort()
    found[`${schema}.${name}`] = rows.map(({ row }) => JSON.stringify(known(row))).sort()
  }
  return found
}
