import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { SealError } from '#lib/crypto/seal.ts'
import { migrateDatabase } from '#lib/db/migrate.ts'
import { assertOpens } from '#lib/keys/check-at-start.ts'
import { parseKeyring } from '#lib/keys/keyring.ts'
import { someEntry } from '#lib/keys/testing.ts'
import { installQueue } from '#lib/queue/install.ts'
import type { PartName } from './format.ts'
import { makeBackup } from './make.ts'
import { readBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import {
  emptyDatabase,
  filledDatabase,
  firstIssue,
  known,
  rowsIn,
  someDirectory,
  startedOn,
} from './testing.ts'

type Database = Awaited<ReturnType<typeof emptyDatabase>>

const backUp = async ({ url }: Database, secrets: Record<string, string> = {}) => {
  const directory = path.join(someDirectory(), 'backup')
  await makeBackup({ url, directory, secrets, gangway: '0.1.0' })
  return directory
}

async function restore(
  { url }: Database,
  directory: string,
  {
    without = [],
    keyring,
    finish = async () => {},
  }: { without?: PartName[]; keyring?: string; finish?: () => Promise<void> } = {},
) {
  const backup = await readBackup(directory, without)
  const checkKeys = async (keys: Parameters<typeof assertOpens>[1]) => {
    if (keyring) assertOpens(parseKeyring(keyring, 'the keyring'), keys)
  }
  await restoreBackup({ url, backup, migrations: 'drizzle', checkKeys, finish })
}

const isEmptied = async ({ sql }: Database) =>
  (await sql`select 1 from public.partners`.then(
    rows => rows.length,
    () => 0,
  )) === 0

describe('a backup', { timeout: 60_000 }, () => {
  test('restored into another database, is the same: every row, the connections open, people sign in, tasks go on', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = await backUp(from, { keys: `${entry}\n` })
    const program = await startedOn(into, entry)
    await restore(into, directory, { keyring: entry, finish: program.resumeTasks })

    const rows = await rowsIn(into)
    expect(rows).toEqual(await rowsIn(from))
    expect(rows['public.positions']?.[0]).toContain(JSON.stringify(known.odd))
    expect(await program.assertKeyring()).toMatchObject({ missing: [], registered: [] })
    expect((await program.readCredential(program.db(), from)).reveal()).toBe(known.key)
    const typed = { email: known.email, password: known.password }
    expect(await program.checkPassword(typed, { address: '127.0.0.1' })).toBe(from.user)
    const tasks = await into.sql`select name from queue.job where state = 'created' order by name`
    expect(tasks.map(({ name }) => name)).toEqual(['check-credential', 'fetch-jobs'])
    await expect(into.sql`delete from events`).rejects.toThrow(/append-only/)
    const keys =
      "select conname from pg_constraint where contype = 'f' and convalidated and conparentid = 0 and connamespace = 'public'::regnamespace order by 1"
    expect(await into.sql.unsafe(keys)).toEqual(await from.sql.unsafe(keys))
    await program.close()
  })

  // Taken out with: `revoke-grant` in `resume-tasks.ts`, and `oauth_flows` in `leftOut` of `format.ts`.
  test('goes on with what has to be revoked, and leaves behind who was on her way to sign in at the ATS', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    await from.sql`insert into oauth_apps (id, partner_id, connector, environment, source, client_id, client_secret, secret_last_four)
      select gen_random_uuid(), id, 'workable', 'sandbox', 'console', 'c', 'cv1.x', 'wxyz' from partners`
    await from.sql`insert into revocations (id, workspace_id, app_id, reason, connector, environment, access_token, ends_at)
      select gen_random_uuid(), ${from.workspaceId}, id, 'deleted', 'workable', 'sandbox', 'cv1.x', now() + interval '7 days' from oauth_apps`
    await from.sql`insert into oauth_flows (id, state_hash, binding_hash, app_id, workspace_id, link_session_id, member_id, user_id, scopes, verifier, redirect_uri, expires_at)
      select gen_random_uuid(), 's', 'b', a.id, w.workspace_id, w.id, w.started_by, ${from.user}, '[]', 'cv1.x', 'http://localhost:3000', now() + interval '10 minutes'
      from oauth_apps a, link_sessions w`
    const directory = await backUp(from, { keys: `${entry}\n` })
    const program = await startedOn(into, entry)
    await restore(into, directory, { keyring: entry, finish: program.resumeTasks })
    const tasks = await into.sql`select name from queue.job where state = 'created' and name = 'revoke-grant'`
    expect(tasks).toHaveLength(1)
    expect(await into.sql`select id from oauth_flows`).toHaveLength(0)
    await program.close()
  })

  test('leaves behind what would live again: sessions, one-time links, keys that were typed', async () => {
    const from = await filledDatabase(someEntry('k1'))
    const directory = await backUp(from)
    const names = readdirSync(path.join(directory, 'database'))
    for (const name of ['sessions', 'one_time_links', 'candidate_credentials', 'rate_limits'])
      expect(names).not.toContain(`public.${name}.gz`)
    expect(names).toContain('public.connections.gz')
    expect(names.join()).not.toContain('keys.')
  })

  test('is for its owner alone, and has its name only when it is whole', async () => {
    const entry = someEntry('k1')
    const from = await filledDatabase(entry)
    const directory = await backUp(from, { keys: entry })
    expect(readdirSync(directory).sort()).toEqual(['data-keys', 'database', 'keyring'])
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    for (const part of ['data-keys', 'database', 'keyring']) {
      expect(statSync(path.join(directory, part)).mode & 0o777).toBe(0o700)
      for (const name of readdirSync(path.join(directory, part)))
        expect(statSync(path.join(directory, part, name)).mode & 0o777, name).toBe(0o600)
    }
    const again = makeBackup({ url: from.url, directory, secrets: {}, gangway: '0.1.0' })
    await expect(again).rejects.toThrow(/There is something in .* already/)

    const place = someDirectory()
    const broken = makeBackup({
      url: from.url,
      directory: path.join(place, 'b'),
      secrets: {},
      gangway: '0.1.0',
      onKeys: () => {
        throw new Error('cut short')
      },
    })
    await expect(broken).rejects.toThrow('cut short')
    expect(readdirSync(place)).toEqual([])
  })

  test('of one moment: what is written while it runs is in all of its parts or in none', async () => {
    const from = await filledDatabase(someEntry('k1'))
    let over = false
    const writing = (async () => {
      while (!over)
        await from.sql.begin(async tx => {
          const [row] =
            await tx`insert into connections select gen_random_uuid(), workspace_id, connector, environment, name, way, permissions,
            status, health, health_reason, health_since, gen_random_uuid()::text, account_name, subdomain, last_four, partner_client_id,
            key_expires_on, ats_member_id, rate_limit, rate_remaining, rate_seen_at, version, created_by from connections limit 1 returning id, workspace_id`
          await tx`insert into keys.data_keys (id, workspace_id, owner_kind, owner_id, kek_id, wrapped)
            values (gen_random_uuid(), ${row?.workspace_id}, 'connection', ${row?.id}, 'k1', 'kw1.local')`
        })
    })()
    const directory = await backUp(from)
    over = true
    await writing
    const { database, 'data-keys': dataKeys } = await readBackup(directory, [])
    const rowsOf = (part: typeof dataKeys, name: string) =>
      part?.files.find(({ table }) => table?.name === name)?.table?.rows
    expect(rowsOf(dataKeys, 'data_keys')).toBe(rowsOf(database, 'connections'))
  })
})

describe('a restore', { timeout: 60_000 }, () => {
  test('without the data keys has everything but secrets, and every connection says so', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = await backUp(from, { keys: entry })
    await restore(into, directory, { without: ['data-keys'], keyring: entry })
    const [connection] = await into.sql`select status, health, health_reason from connections`
    expect(connection).toEqual({
      status: 'active',
      health: 'failing',
      health_reason: 'credential_unreadable',
    })
    const {
      'keys.data_keys': _,
      'keys.kek_registry': __,
      'public.connections': ___,
      ...rest
    } = await rowsIn(from)
    expect(await rowsIn(into)).toMatchObject(rest)
    const program = await startedOn(into, entry)
    await program.assertKeyring()
    await expect(program.readCredential(program.db(), from)).rejects.toMatchObject({
      name: new SealError().name,
    })
    await program.close()
  })

  test('says what is lost where a part is missing, before it touches anything', async () => {
    const from = await filledDatabase(someEntry('k1'))
    const directory = await backUp(from)
    await expect(readBackup(path.join(directory, 'database'), [])).rejects.toThrow(/There is no backup in/)
    rmSync(path.join(directory, 'data-keys'), { recursive: true })
    await expect(readBackup(directory, [])).rejects.toThrow(
      /data-keys is missing.*needs a new key.*--without-data-keys/,
    )
    rmSync(path.join(directory, 'keyring'), { recursive: true })
    await expect(readBackup(directory, ['data-keys'])).rejects.toThrow(
      /keyring is missing.*GANGWAY_KEYS.*--without-keyring/,
    )
    expect(Object.keys(await readBackup(directory, ['data-keys', 'keyring']))).toEqual(['database'])
  })

  test('with a wrong keyring, or one that lacks a key, is refused, and nothing is there afterwards', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = await backUp(from)
    await expect(restore(into, directory, { keyring: someEntry('k1') })).rejects.toThrow(
      /"k1" is not the one/,
    )
    await expect(restore(into, directory, { keyring: someEntry('k2') })).rejects.toThrow(
      /lacks "k1" \(1 data key\)/,
    )
    expect(await isEmptied(into)).toBe(true)
    await restore(into, directory, { keyring: entry })
    expect(await isEmptied(into)).toBe(false)
  })

  test('into a place where there is anything is refused, and leaves that as it is', async () => {
    const from = await filledDatabase(someEntry('k1'))
    const directory = await backUp(from)
    const before = await rowsIn(from)
    await expect(restore(from, directory)).rejects.toThrow(
      /There is something in this database already: .*into an empty one only/,
    )
    expect(await rowsIn(from)).toEqual(before)
    const own = await emptyDatabase()
    await own.sql`create table public.somebody_elses (id int)`
    await expect(restore(own, directory)).rejects.toThrow(/public.somebody_elses/)
  })

  test.each([
    ['a file that was cut', (file: string) => truncateSync(file, statSync(file).size - 1)],
    [
      'a file in which one byte is another',
      (file: string) => {
        const bytes = readFileSync(file)
        bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1
        writeFileSync(file, bytes)
      },
    ],
  ])('with %s is refused, and names it', async (_, damage) => {
    const directory = await backUp(await filledDatabase(someEntry('k1')))
    damage(path.join(directory, 'database/public.events.gz'))
    await expect(readBackup(directory, [])).rejects.toThrow(/public\.events\.gz is damaged/)
  })

  test.each([
    ['of a newer format', { format: 2 }, /format 2.*newer Gangway/],
    [
      'of a newer schema',
      { schema: { at: 2 ** 42, name: '0999_later' } },
      /schema 0999_later, which this program does not know/,
    ],
    [
      'with a path for a name',
      { files: [{ name: '../../x', bytes: 0, sha256: '0'.repeat(64) }] },
      /is damaged/,
    ],
    ['of another backup', { backup: '00000000-0000-4000-8000-000000000000' }, /of different backups/],
  ])('of a part %s is refused', async (_, change, said) => {
    const directory = await backUp(await filledDatabase(someEntry('k1')))
    const file = path.join(directory, 'data-keys/manifest.json')
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }))
    await expect(readBackup(directory, [])).rejects.toThrow(said)
  })

  test('that did not come to its end says so: no Gangway starts on it, and it is begun again', async () => {
    const entry = someEntry('k1')
    const [from, into] = [await filledDatabase(entry), await emptyDatabase()]
    const directory = await backUp(from)
    const cut = restore(into, directory, { finish: () => Promise.reject(new Error('killed')) })
    await expect(cut).rejects.toThrow('killed')
    await expect(migrateDatabase(into.url, 'drizzle')).rejects.toThrow(/was not finished.*npm run restore/)
    await restore(into, directory, { keyring: entry })
    await migrateDatabase(into.url, 'drizzle')
    expect(await rowsIn(into)).toEqual(await rowsIn(from))
  })

  test('of rows that the schema does not take fails as a whole', async () => {
    const [from, into] = [await filledDatabase(someEntry('k1')), await emptyDatabase()]
    await from.sql`alter table connections drop constraint connections_way`
    await from.sql`update connections set way = 'magic'`
    const directory = await backUp(from)
    await expect(restore(into, directory)).rejects.toThrow(
      /does not take the rows of .*public\.connections\.gz/,
    )
    expect(await isEmptied(into)).toBe(true)
  })
})

describe('an upgrade from the schema at the end of the first issue', { timeout: 60_000 }, () => {
  const kept = (before: Record<string, string[]>, after: Record<string, string[]>) => {
    for (const [table, rows] of Object.entries(before)) expect(after[table], table).toHaveLength(rows.length)
    expect(after['public.positions']).toEqual(before['public.positions'])
    expect(after['public.events']).toEqual(before['public.events'])
  }

  test('by migrations keeps every row, and what was sealed opens', async () => {
    const entry = someEntry('k1')
    const old = await filledDatabase(entry, firstIssue)
    const before = await rowsIn(old)
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([])
    await migrateDatabase(old.url, 'drizzle')
    await installQueue(old.url)
    kept(before, await rowsIn(old))
    const program = await startedOn(old, entry)
    await program.assertKeyring()
    expect((await program.readCredential(program.db(), old)).reveal()).toBe(known.key)
    await program.close()
  })

  test('by a backup of that time restores into this program', async () => {
    const entry = someEntry('k1')
    const [old, into] = [await filledDatabase(entry, firstIssue), await emptyDatabase()]
    const directory = await backUp(old)
    await restore(into, directory, { keyring: entry })
    kept(await rowsIn(old), await rowsIn(into))
    const program = await startedOn(into, entry)
    expect((await program.readCredential(program.db(), old)).reveal()).toBe(known.key)
    expect(
      await program.checkPassword({ email: known.email, password: known.password }, { address: '127.0.0.1' }),
    ).toBe(old.user)
    await program.close()
  })
})
