import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../checks/check.ts'
import { choosePort } from '../start/ports.ts'
import { readinessOf } from './balancer.ts'
import { toldToEnd, watched } from './children.ts'

export type ServerProcess = Awaited<ReturnType<typeof startServer>>

let lastPort = 24_000

/** The program's own server behind a proxy on this machine, as an operator starts it; resolves when it is ready. */
export async function startServer(appUrl: string) {
  const port = await choosePort(lastPort + 1, { host: '127.0.0.1', mayMove: true, variable: 'PORT' })
  lastPort = port
  const own = { NODE_ENV: 'production' as const, APP_URL: appUrl, HOST: '127.0.0.1', PORT: String(port) }
  const child = spawn(process.execPath, ['server.ts'], {
    cwd: root,
    env: { ...process.env, ...own, TRUSTED_PROXY: '127.0.0.1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const gone = watched(child)
  while ((await readinessOf(port)) !== 200) {
    if (child.exitCode !== null) throw new Error('the server has ended')
    await sleep(50)
  }
  return {
    port,
    /** SIGTERM; `offMs` is when it no longer says that it is ready. */
    end: async () => {
      const told = performance.now()
      const ended = toldToEnd(child, gone)
      while ((await readinessOf(port)) === 200) await sleep(20)
      const offMs = performance.now() - told
      return { ...(await ended), offMs }
    },
  }
}
