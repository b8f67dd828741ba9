import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { isMigrated, migrateDatabase } from './migrate.ts'

test('several processes that migrate an empty database at once make it once', async () => {
  const address = new URL(inject('cluster').url)
  const maintenance = postgres(address.href, { max: 1 })
  await maintenance`create database migrated_at_once`
  await maintenance.end()
  address.pathname = 'migrated_at_once'
  const sql = postgres(address.href, { max: 1 })
  expect(await isMigrated(sql)).toBe(false)
  await Promise.all([1, 2, 3].map(() => migrateDatabase(address.href, 'drizzle')))
  expect(await isMigrated(sql)).toBe(true)
  await sql.end()
})
