import { refreshDue } from '#lib/connections/refresh-due.ts'
import { appRow } from '#lib/connections/testing-tokens.ts'
import { begin, beginAgain, type Connected, connected, countOf, makeDue, rowsOf, told } from './connected.ts'
import { startWorkers, type Worker } from './processes.ts'
import type { Fault, Seen, Size, Stage } from './table.ts'
import { passSteps, passTime } from './time.ts'

/** How a server refuses a client whose secret is wrong. */
const variants = {
  '401 invalid_client': {},
  '401 with HTML': { tokenErrorBody: 'html', tokenErrorChallenge: false },
  '401 without a body': { tokenErrorBody: 'none', tokenErrorChallenge: false },
}

const watchSeconds = 600

/** F-10: the client secret is wrong. */
export const wrongSecret: Fault = {
  id: 'F-10',
  run: async (stage, size) => {
    await begin(stage)
    const partner = await connected(stage, size === 'short' ? 12 : 1000)
    const workers = size === 'short' ? [] : await startWorkers(2)
    const lines: Seen[] = []
    for (const [name, switches] of Object.entries(variants)) {
      lines.push(await refuse(stage, size, { partner, workers, name, switches }))
    }
    await Promise.all(workers.map(worker => worker.kill()))
    return lines
  },
}

type Trial = { partner: Connected; workers: Worker[]; name: string; switches: Record<string, unknown> }

async function refuse(stage: Stage, size: Size, { partner, workers, name, switches }: Trial): Promise<Seen> {
  const { sandbox } = stage
  const { app, made } = partner
  await beginAgain(stage, switches)
  // What went well lies more than half an hour back: nothing speaks for the app but its own answers.
  await passTime(3_600)
  const before = {
    stopped: await told(app.row.id, 'oauth_app.stopped'),
    version: (await rowsOf(made))[0]?.version ?? 0,
  }
  const right = `/oauth/clients/${app.clientId}/secret`
  await sandbox.control(right, 'POST', { client_secret: 'another-than-is-kept-here' })
  await makeDue(made)
  const all = async () => {
    await Promise.all([refreshDue(), ...workers.map(worker => worker.ask('refreshDue', undefined))])
  }
  await all()
  await passSteps(watchSeconds, size === 'short' ? 120 : 30, all)
  const requests = (await sandbox.tokenRequests()).length
  const flipped = made.length - (await countOf(made, 'active'))
  const alerts = (await told(app.row.id, 'oauth_app.stopped')) - before.stopped
  await sandbox.control(right, 'POST', { client_secret: app.secret })
  let healed = Number.POSITIVE_INFINITY
  await passSteps(900, 60, async passed => {
    if (Number.isFinite(healed)) return
    await all()
    const rows = await rowsOf(made)
    if (rows.every(({ version }) => version > before.version)) healed = passed
  })
  const { state } = await appRow(app)
  return {
    runs: made.length,
    asked: `${name}: 0 flipped, at most 20 requests in 10 min (scaled), 1 alert, then all recover unaided`,
    seen: `${flipped} flipped, ${requests} requests, ${alerts} alert, app ${state}, all fresh after ${healed} s`,
    holds: flipped === 0 && requests <= 20 && alerts === 1 && state === 'working' && Number.isFinite(healed),
  }
}
