import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import postgres from 'postgres'
import { makeBackup } from '../../lib/backup/make.ts'
import { readBackup } from '../../lib/backup/read.ts'
import { restoreBackup } from '../../lib/backup/restore.ts'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { root } from '../checks/check.ts'
import type { Figure } from './measure.ts'
import { seedConnections } from './seed-keys.ts'

const connections = 10_000
const bound = 60
const migrations = path.join(root, 'drizzle')

/** A backup of 10,000 connections and its restore into another database, both of the app's cluster; data keys, events and jobs included. */
export async function backupFigures(): Promise<Figure[]> {
  const [from, into] = [await newDatabase('bench_from'), await newDatabase('bench_into')]
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-bench-'))
  try {
    await migrateDatabase(from, migrations)
    await seedConnections(from, { id: 'k1', key: createSecretKey(randomBytes(32)) }, connections)
    const directory = path.join(folder, 'backup')
    const made = await secondsOf(() => makeBackup({ url: from, directory, secrets: {}, gangway: 'bench' }))
    const restored = await secondsOf(async () => {
      const backup = await readBackup(directory, [])
      const nothing = async () => {}
      await restoreBackup({ url: into, backup, migrations, checkKeys: nothing, finish: nothing })
    })
    return [
      {
        what: 'backup and restore of 10,000 connections',
        ceiling: '-',
        figure: `${made.toFixed(1)} s and ${restored.toFixed(1)} s`,
        ratio: '-',
        bound: `${bound} s together`,
        holds: made + restored < bound,
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function newDatabase(name: string): Promise<string> {
  const address = new URL(process.env.DATABASE_URL ?? '')
  const sql = postgres(address.href, { max: 1, onnotice: () => {} })
  await sql`create database ${sql(name)}`
  await sql.end()
  address.pathname = name
  return address.href
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
