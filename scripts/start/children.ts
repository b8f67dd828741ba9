import { type ChildProcess, spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../postgres/processes.ts'

export type Part = {
  name: 'sandbox' | 'worker' | 'server'
  /** Path of the script within the project. */
  script: string
  env: NodeJS.ProcessEnv
  /** Where its lines go. */
  logFile: string
}

export type Running = Part & { child: ChildProcess; pid: number }

const preload = path.resolve(import.meta.dirname, 'end-with-parent.ts')

/** Starts a part as a process of its own: Ctrl-C in the terminal does not reach it, we end it in order. */
export function startPart(part: Part, root: string): Running {
  const log = openSync(part.logFile, 'a', 0o600)
  const child = spawn(process.execPath, ['--import', preload, path.join(root, part.script)], {
    cwd: root,
    env: part.env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  return { ...part, child, pid: child.pid ?? 0 }
}

/** Asks parts to end and, where they do not within `patienceMs`, ends them. */
export async function endAll(pids: readonly number[], patienceMs: number): Promise<void> {
  for (const pid of pids) signal(pid, 'SIGTERM')
  for (const until = Date.now() + patienceMs; Date.now() < until && pids.some(isRunning); ) await sleep(20)
  for (const pid of pids.filter(isRunning)) signal(pid, 'SIGKILL')
  for (const until = Date.now() + 1_000; Date.now() < until && pids.some(isRunning); ) await sleep(20)
}

const isRunning = (pid: number) => pid > 0 && isAlive(pid)

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name)
  } catch {
    // it ended by itself
  }
}
