import { spawn } from 'node:child_process'
import { root } from '../checks/check.ts'
import { toldToEnd, watched } from './children.ts'

/** The program's own worker, with its queue. */
export async function startQueueWorker() {
  const child = spawn(process.execPath, ['worker.ts'], {
    cwd: root,
    env: { ...process.env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = watched(child)
  const started = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', part => {
      if (String(part).includes('worker started')) resolve()
    })
    void gone.then(() => reject(new Error('the worker has ended')))
  })
  await started
  return {
    end: () => toldToEnd(child, gone),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
