import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import postgres from 'postgres'
import { migrateDatabase } from '../../lib/db/migrate.ts'
import { root } from '../checks/check.ts'
import type { BenchApp } from './app.ts'
import { seedGrants } from './seed-grants.ts'

/** What a process is told to do: see `refresher.ts`. */
export type Wished =
  | { do: 'start' }
  | { do: 'refresh-due' }
  | { do: 'ask'; port: number; times: number }
  | { do: 'use'; of: { workspaceId: string; connectionId: string }; callers: number }

/** Several processes of ours on a database of their own, whose queries the app's relay counts. */
export type Processes = {
  sql: postgres.Sql
  /** Tells some of them, the first ones, at once, and waits for all. */
  tell(wish: Wished, some?: number): Promise<number[]>
  stop(): Promise<void>
}

/** Makes a database with so many connections by OAuth, and starts so many processes on it. */
export async function startProcesses(
  { relay }: BenchApp,
  { name, connections, count }: { name: string; connections: number; count: number },
): Promise<Processes> {
  const url = await newDatabase(name)
  await seedGrants(url, connections)
  const counted = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(relay.port) }).href
  const children = Array.from({ length: count }, () =>
    fork(path.join(root, 'scripts/bench/refresher.ts'), { env: { ...process.env, DATABASE_URL: counted } }),
  )
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const tell = (wish: Wished, some = count) =>
    Promise.all(children.slice(0, some).map(child => answerOf(child, wish)))
  await tell({ do: 'start' })
  return {
    sql,
    tell,
    stop: async () => {
      for (const child of children) child.kill('SIGKILL')
      await sql.end()
    },
  }
}

async function answerOf(child: ChildProcess, wish: Wished): Promise<number> {
  child.send(wish)
  const [answer] = await once(child, 'message')
  return Number(answer)
}

async function newDatabase(name: string): Promise<string> {
  const address = new URL(process.env.DATABASE_URL ?? '')
  const sql = postgres(address.href, { max: 1, onnotice: () => {} })
  await sql`create database ${sql(name)}`
  await sql.end()
  address.pathname = name
  await migrateDatabase(address.href, path.join(root, 'drizzle'))
  return address.href
}
