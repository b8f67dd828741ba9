import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { root } from '../checks/check.ts'
import { watched } from './children.ts'
import type { Answer, Order, Verbs } from './worker.ts'

/** Processes of this program that take orders, and that may be killed at any moment. */

type Result<V extends keyof Verbs> = Awaited<ReturnType<Verbs[V]>>
type Input<V extends keyof Verbs> = Parameters<Verbs[V]>[0]

export type Worker = {
  pid: number
  /** Has it do one thing; rejects with what that threw, or when the process ends before. */
  ask<V extends keyof Verbs>(verb: V, input: Input<V>): Promise<Result<V>>
  /** Whether it has come to the failpoint at which it was to die. */
  diedByItself(): boolean
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
}

/** What Node has compiled of the program: hundreds of processes read the same. */
const compiled = path.join(root, 'node_modules/.cache/faults')

/** Starts a process; ready when it has read everything. */
export async function startWorker(env: Record<string, string> = {}): Promise<Worker> {
  const child = fork(path.join(root, 'scripts/faults/worker.ts'), {
    cwd: root,
    env: { ...process.env, NODE_COMPILE_CACHE: compiled, DATABASE_POOL: '12', ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const gone = watched(child)
  let ours = false
  const worker: Worker = {
    pid: child.pid ?? 0,
    ask: asker(child),
    diedByItself: () => child.signalCode === 'SIGKILL' && !ours,
    kill: async () => {
      ours ||= child.signalCode === null
      child.kill('SIGKILL')
      await gone
    },
  }
  await worker.ask('ready', undefined)
  return worker
}

function asker(child: ChildProcess): Worker['ask'] {
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer))
  child.on('exit', () => {
    for (const [id, end] of waiting) end({ id, error: 'the process has ended' })
  })
  return <V extends keyof Verbs>(verb: V, input: Input<V>) =>
    new Promise<Result<V>>((resolve, reject) => {
      last += 1
      waiting.set(last, ({ id, value, error }) => {
        waiting.delete(id)
        if (error === undefined) resolve(value as Result<V>)
        else reject(new Error(error))
      })
      child.send({ id: last, verb, input } satisfies Order)
    })
}

/** So many processes. */
export const startWorkers = (count: number, env?: Record<string, string>): Promise<Worker[]> =>
  Promise.all(Array.from({ length: count }, () => startWorker(env)))
