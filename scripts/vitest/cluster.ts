import path from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { installQueue } from '../../lib/queue/install.ts'
import { startThrowawayCluster } from '../postgres/throwaway.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The cluster of this run: its maintenance database, and the migrated one to copy. */
    cluster: { url: string; template: string }
  }
}

/** One PostgreSQL for the whole run, with one migrated database that each test file gets a copy of. */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startThrowawayCluster()
  const template = 'gangway_template'
  const sql = postgres(cluster.url('postgres'), { max: 1 })
  await sql`create database ${sql(template)}`
  await sql.end()
  await migrateDatabase(cluster.url(template), path.resolve(import.meta.dirname, '../../drizzle'))
  await installQueue(cluster.url(template))
  project.provide('cluster', { url: cluster.url('postgres'), template })
  return cluster.stop
}
