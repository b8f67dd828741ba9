import next from 'next'
import { refreshesEnded } from '#lib/connections/refresh.ts'
import { takeConsole } from '#lib/console.ts'
import { closeDatabase, transaction } from '#lib/db/client.ts'
import { leave } from '#lib/door/leave.ts'
import { createDoor } from '#lib/door/serve.ts'
import { env, exitOnMistakes } from '#lib/env.ts'
import { closeProbe } from '#lib/health/probe.ts'
import { markStopping } from '#lib/health/stopping.ts'
import { closeHttp } from '#lib/http.ts'
import { awaitKeyring } from '#lib/keys/await-keyring.ts'
import { log } from '#lib/log.ts'
import { keepGivenApps } from '#lib/partners/keep-given-apps.ts'
import { closeQueue } from '#lib/queue/send.ts'

exitOnMistakes()
const { APP_URL, HOST, PORT, TRUSTED_PROXY, METRICS_TOKEN, LOG_LEVEL } = env()
log.level = LOG_LEVEL
takeConsole()

await awaitKeyring().catch(exitWithoutKeyring)

// Nobody's sign-in hangs on it: what cannot be kept now is kept at the next start.
await transaction(tx => keepGivenApps(tx)).catch(error => log.error({ err: error }, 'OAuth apps not kept'))

// Next would end the process itself, in the middle of what it does.
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
const app = next({ dev: false, dir: import.meta.dirname, hostname: HOST, port: PORT })
await app.prepare()
const inside = app.getRequestHandler()
const server = createDoor({
  appUrl: APP_URL,
  trustedProxy: TRUSTED_PROXY,
  metricsToken: METRICS_TOKEN,
  inside,
})

server.on('error', error => {
  process.stderr.write(`Cannot listen on ${HOST}:${PORT}: ${error.message}\n`)
  process.exit(1)
})
server.listen(PORT, HOST, () => log.info({ address: APP_URL, port: PORT }, 'server started'))

// Under `npm start`, and at Ctrl-C, there is a person at the terminal who waits; otherwise a load balancer that has to notice.
const attended = process.connected
const patienceMs = attended ? 2_500 : 29_000
const openForMs = attended ? 0 : 8_000
let stopping = false
process.on('SIGTERM', () => void stop(openForMs))
process.on('SIGINT', () => void stop(0))
// A promise that nobody waited for is a mistake to write down, not a reason to hang up on everybody else.
process.on('unhandledRejection', error => log.error({ err: error }, 'unhandled rejection'))

async function stop(doorOpenMs: number): Promise<void> {
  if (stopping) return
  stopping = true
  markStopping(patienceMs)
  setTimeout(() => process.exit(0), patienceMs).unref()
  await leave(server, doorOpenMs)
  await app.close()
  await refreshesEnded()
  await closeHttp()
  await closeQueue()
  await closeDatabase()
  await closeProbe()
  log.info('server stopped')
  process.exit(0)
}

function exitWithoutKeyring(error: unknown): never {
  process.stderr.write(
    `Gangway cannot start without its keys.\n${error instanceof Error ? error.message : error}\n`,
  )
  process.exit(78)
}
