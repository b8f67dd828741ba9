import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { type PostgresUser, postgresBinaries } from './binaries.ts'
import { isAlive } from './processes.ts'

export type Cluster = {
  port: number
  pid: number
  /** It was running already: a start before this one was killed. */
  reused: boolean
  /** The address of one of its databases. Holds the password: for a child's environment, never for a log. */
  url: (database: string) => string
  /** Fast shutdown: open transactions are rolled back, nothing confirmed is lost. Resolves when the process is gone. */
  stop: () => Promise<void>
}

export type ClusterOptions = {
  /** Where it lives: `data` and `postgres.log` below. It exists and belongs to `user`. */
  home: string
  user: PostgresUser | undefined
  password: string
  /** The port it had before, when it is started again; a free one unless told. */
  port?: number
  /** Faster, and loses everything at a crash: for tests. */
  throwaway?: boolean
}

/** Starts the embedded PostgreSQL on a free port of the loopback address, or takes over the one that still runs there. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const running = await findRunning(options)
  if (running && (await answers(running.port, options))) return taken(running, options, true)
  if (running) await end(running.pid)
  const native = await postgresBinaries(options.user)
  const bin = path.join(native, 'bin')
  if (!(await stat(path.join(dataOf(options), 'PG_VERSION')).catch(() => undefined))) await init(bin, options)
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort())
    const pid = await launch(bin, port, options)
    if (await becomesReady(port, pid, options)) return taken({ pid, port }, options, false)
    await end(pid)
    if (attempt === 3) throw new Error(`PostgreSQL does not start. Its log: ${logOf(options)}`)
  }
}

/** Ends a PostgreSQL that still runs on this home although nobody needs it any more. */
export async function endLeftOver(options: ClusterOptions): Promise<void> {
  const running = await findRunning(options)
  if (running) await end(running.pid)
}

const dataOf = (options: ClusterOptions) => path.join(options.home, 'data')
const logOf = (options: ClusterOptions) => path.join(options.home, 'postgres.log')

function taken(at: { pid: number; port: number }, options: ClusterOptions, reused: boolean): Cluster {
  return {
    ...at,
    reused,
    url: database => `postgres://gangway:${options.password}@127.0.0.1:${at.port}/${database}`,
    stop: () => end(at.pid),
  }
}

async function init(bin: string, options: ClusterOptions): Promise<void> {
  const passwordFile = path.join(options.home, 'password')
  await writeFile(passwordFile, options.password, { mode: 0o600 })
  if (options.user) await chown(passwordFile, options.user.uid, options.user.gid)
  const args = ['-D', dataOf(options), '-U', 'gangway', '--pwfile', passwordFile, '--auth=scram-sha-256']
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (options.throwaway) args.push('--no-sync')
  try {
    await promisify(execFile)(path.join(bin, 'initdb'), args, { cwd: path.parse(bin).root, ...options.user })
  } finally {
    await rm(passwordFile)
  }
}

async function launch(bin: string, port: number, options: ClusterOptions): Promise<number> {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 120,
    shared_buffers: '128MB',
    ...(options.throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logOf(options), 'a', 0o600)
  // Detached: Ctrl-C in the terminal must reach it last, after those who still write.
  const child = spawn(path.join(bin, 'postgres'), ['-D', dataOf(options), ...args], {
    cwd: path.parse(bin).root,
    detached: true,
    stdio: ['ignore', log, log],
    ...options.user,
  })
  closeSync(log)
  child.unref()
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid ?? 0))
  })
}

// The file's first line is the process, its fourth the port (PostgreSQL's documentation, "postmaster.pid").
/** The PostgreSQL that runs on this home, whoever started it. */
export async function findRunning(
  options: ClusterOptions,
): Promise<{ pid: number; port: number } | undefined> {
  const file = await readFile(path.join(dataOf(options), 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = file.split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!pid || !port || !isAlive(pid)) return undefined
  // The number may belong to somebody else by now: only a PostgreSQL on this very directory is ours to take or to end.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  if (command === undefined) return (await answers(port, options)) ? { pid, port } : undefined
  return command.includes(dataOf(options)) ? { pid, port } : undefined
}

async function answers(port: number, options: ClusterOptions): Promise<boolean> {
  const url = `postgres://gangway:${options.password}@127.0.0.1:${port}/postgres`
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} })
  try {
    const [row] = await sql`select current_setting('data_directory') as directory`
    return row?.directory === dataOf(options)
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function becomesReady(port: number, pid: number, options: ClusterOptions): Promise<boolean> {
  // After a crash it replays its log first, which may take a while.
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(25)) {
    if (!isAlive(pid)) return false
    if (await listens(port)) if (await answers(port, options)) return true
  }
  return false
}

async function end(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 3_000],
    ['SIGQUIT', 1_000],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!isAlive(pid)) return
    process.kill(pid, signal)
    for (const until = Date.now() + patience; Date.now() < until && isAlive(pid); ) await sleep(15)
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
