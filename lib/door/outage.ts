import type { IncomingMessage, ServerResponse } from 'node:http'
import { poolIsStuck } from '#lib/health/pool.ts'
import { databaseAnswers } from '#lib/health/probe.ts'
import { answerPlainly } from './answer.ts'
import { takeTurn } from './turns-inside.ts'

const reloadSeconds = 3
const lookMs = 1_000

type Within = {
  appUrl: string
  inside: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/**
 * Lets a request in while the database answers and has a connection for it; else says so with 503 and a page that comes back by
 * itself. A request that was inside when the database fell silent is answered as well: no driver would ever give it up.
 */
export async function withinReach(
  request: IncomingMessage,
  response: ServerResponse,
  { appUrl, inside }: Within,
): Promise<void> {
  if (!(await isWithinReach())) return sayOutage(request, response, appUrl)
  const turn = takeTurn()
  const watch = setInterval(async () => {
    if (response.headersSent || (await isWithinReach()) || response.headersSent) return
    clearInterval(watch)
    sayOutage(request, response, appUrl)
  }, lookMs)
  response.once('close', () => {
    clearInterval(watch)
    turn.leave()
  })
  await turn.come
  await inside(request, response).finally(turn.end)
}

// Refused at the door, a request cannot lengthen the line for those inside.
const isWithinReach = async (): Promise<boolean> => (await databaseAnswers()) && !poolIsStuck()

function sayOutage(request: IncomingMessage, response: ServerResponse, appUrl: string): void {
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const reload = { after: reloadSeconds, ...(reads ? {} : { to: cameFrom(request, appUrl) }) }
  answerPlainly(request, response, { status: 503, reason: reads ? 'outage' : 'outage_form', appUrl, reload })
}

// A form's own address takes no GET: back to the page on which it stands, if that is one of ours.
function cameFrom(request: IncomingMessage, appUrl: string): string {
  const referer = request.headers.referer ?? ''
  if (!URL.canParse(referer)) return '/'
  const { origin, pathname, search } = new URL(referer)
  // Two slashes would be another host.
  return origin === appUrl && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}
