import { readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from '../postgres/cluster.ts'
import { isAlive } from '../postgres/processes.ts'
import { endAll, type Part, type Running, startPart } from './children.ts'
import type { Embedded } from './database.ts'
import { CannotStart, say } from './say.ts'

/** Keeps the parts running until `stop`: what ends by itself is started again. */
export type Supervisor = {
  start: (part: Part) => Promise<void>
  keep: (database: Embedded, cluster: Cluster) => void
  stop: () => Promise<void>
  pids: () => { name: string; pid: number; script: string }[]
}

const refusedConfig = 78

/** `onChange` hears of each process that came or went; `onGiveUp` of one that refuses its configuration. */
export function superviseParts(
  root: string,
  { onChange, onGiveUp }: { onChange: () => void; onGiveUp: (error: CannotStart) => void },
): Supervisor {
  const running = new Map<string, Running>()
  let cluster: Cluster | undefined
  let watch: NodeJS.Timeout | undefined
  let stopping = false

  async function start(part: Part): Promise<void> {
    await shorten(part.logFile)
    const process = startPart(part, root)
    running.set(part.name, process)
    process.child.once('exit', code => void ended(process, code))
    onChange()
  }

  async function ended(part: Running, code: number | null): Promise<void> {
    running.delete(part.name)
    if (stopping) return
    if (code === refusedConfig) return onGiveUp(new CannotStart(await lastWords(part.logFile), refusedConfig))
    say(`  ! the ${part.name} ended (${code ?? 'killed'}) and is started again; its log: ${part.logFile}`)
    await sleep(1_000)
    if (!stopping) await start(part)
  }

  function keep(database: Embedded, started: Cluster): void {
    cluster = started
    watch = setInterval(() => void revive(), 1_000)
    let busy = false
    async function revive(): Promise<void> {
      if (busy || stopping || !cluster || isAlive(cluster.pid)) return
      busy = true
      say('  ! PostgreSQL ended and is started again')
      cluster = await database.start(cluster.port).catch(() => cluster)
      busy = false
    }
  }

  async function stop(): Promise<void> {
    stopping = true
    clearInterval(watch)
    await endAll(
      [...running.values()].map(({ pid }) => pid),
      3_000,
    )
    await cluster?.stop()
  }

  // The whole path: another program's `server.ts` may have that number by the next start.
  const pids = () =>
    [...running.values()].map(({ name, pid, script }) => ({ name, pid, script: path.join(root, script) }))
  return { start, keep, stop, pids }
}

const longLog = 10 * 1024 * 1024

async function shorten(file: string): Promise<void> {
  const size = await stat(file).then(
    found => found.size,
    () => 0,
  )
  if (size > longLog) await rename(file, `${file}.1`)
}

// What a process says before it refuses is words, among lines of JSON.
async function lastWords(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-12)
  const words = lines.filter(line => !line.startsWith('{'))
  return (words.length > 0 ? words : lines).join('\n')
}
