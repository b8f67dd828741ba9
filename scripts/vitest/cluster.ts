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

/**
 * One PostgreSQL for the whole run, with one migrated database that each test file gets a copy of: a throwaway one of our own,
 * or, to try another version, the one at `TEST_POSTGRES_URL`, whose user may make databases.
 */
export default async function startTestCluster(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_POSTGRES_URL
  const cluster = given ? clusterAt(given) : await startThrowawayCluster()
  const template = `gangway_template_${process.pid}`
  const sql = postgres(cluster.url('postgres'), { max: 1 })
  await sql`create database ${sql(template)}`
  await migrateDatabase(cluster.url(template), path.resolve(import.meta.dirname, '../../drizzle'))
  await installQueue(cluster.url(template))
  project.provide('cluster', { url: cluster.url('postgres'), template })
  return async () => {
    await sql`drop database ${sql(template)} with (force)`
    await sql.end()
    await cluster.stop()
  }
}

function clusterAt(address: string) {
  const url = (database: string) => Object.assign(new URL(address), { pathname: database }).href
  return { url, stop: async () => {} }
}
