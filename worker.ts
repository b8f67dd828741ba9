import { requestDueChecks } from '#lib/checks/daily.ts'
import { runCheck } from '#lib/checks/run.ts'
import { refreshesEnded } from '#lib/connections/refresh.ts'
import { refreshConnection, refreshDue } from '#lib/connections/refresh-due.ts'
import { closeDatabase } from '#lib/db/client.ts'
import { listenForMetrics } from '#lib/door/metrics.ts'
import { env, exitOnMistakes } from '#lib/env.ts'
import { startHeartbeat } from '#lib/health/heartbeat.ts'
import { markStopping } from '#lib/health/stopping.ts'
import { closeHttp } from '#lib/http.ts'
import { fetchJobs } from '#lib/jobs/fetch.ts'
import { awaitKeyring } from '#lib/keys/await-keyring.ts'
import { log } from '#lib/log.ts'
import { sendMail } from '#lib/mail/send.ts'
import { remindExpiry } from '#lib/notices/remind-expiry.ts'
import { tell } from '#lib/notices/tell.ts'
import { revokeGrant } from '#lib/oauth/revoke.ts'
import { closeQueue } from '#lib/queue/send.ts'
import { startWorking, type Verbs } from '#lib/queue/work.ts'
import { forgetOld } from '#lib/sweep/forget-old.ts'
import { sweep } from '#lib/sweep/sweep.ts'

exitOnMistakes()
log.level = env().LOG_LEVEL

/** The one table task → verb: a queue that knew verbs would be a cycle. */
const verbs: Verbs = {
  'check-credential': ({ checkId }) => runCheck(checkId),
  'fetch-jobs': ({ connectionId }) => fetchJobs(connectionId),
  'send-mail': ({ mailId }) => sendMail(mailId),
  'revoke-grant': ({ revocationId }) => revokeGrant(revocationId),
  'refresh-connection': ({ connectionId }) => refreshConnection(connectionId),
  'refresh-due': async () => void (await refreshDue()),
  sweep,
  'forget-old': async () => void (await forgetOld()),
  'daily-checks': async () => void (await requestDueChecks()),
  tell: ({ eventId }) => tell(eventId),
  'remind-expiry': async () => void (await remindExpiry()),
}

await awaitKeyring().catch(exitWithoutKeyring)
const heartbeat = startHeartbeat('worker')
const working = startWorking(env().DATABASE_URL, verbs)
void working.then(() => log.info('worker started'))
const { APP_URL, HOST, METRICS_PORT, METRICS_TOKEN } = env()
const scraped =
  METRICS_PORT &&
  listenForMetrics({ appUrl: APP_URL, token: METRICS_TOKEN }, { host: HOST, port: METRICS_PORT })

// Under `npm start` there is a person at the terminal who waits.
const patienceMs = process.connected ? 1_500 : 27_500
const moreMs = 1_500
let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  markStopping(patienceMs + moreMs)
  // A database that is gone must not keep the process: what was running is tried again by the next worker.
  setTimeout(() => process.exit(0), patienceMs + moreMs).unref()
  await (await working).stop(patienceMs)
  await refreshesEnded()
  await heartbeat.stop()
  if (scraped) scraped.close()
  await closeHttp()
  await closeQueue()
  await closeDatabase()
  log.info('worker stopped')
  process.exit(0)
}

function exitWithoutKeyring(error: unknown): never {
  process.stderr.write(
    `Gangway cannot start without its keys.\n${error instanceof Error ? error.message : error}\n`,
  )
  process.exit(78)
}
