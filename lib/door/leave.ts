import type { Server, ServerResponse } from 'node:http'
import { setTimeout as sleep, setImmediate as turnOfReading } from 'node:timers/promises'
import { isStopping } from '#lib/health/stopping.ts'

/** So long may a connection that is no request yet go on once the door is shut. */
const silentMs = 1_000
const lookMs = 50

const answers = new Set<ServerResponse>()

/** Remembers an answer until it is over. In a process that is about to end its connection ends with it. */
export function watchAnswer(response: ServerResponse): void {
  if (isStopping()) endConnectionWith(response)
  answers.add(response)
  response.once('close', () => answers.delete(response))
}

/**
 * Shuts the door of a process that was marked as stopping. For `openForMs` everybody is let in as ever, while load balancers see that it
 * is not ready, and each answer says that its connection ends with it: nobody sends a request into one that is being closed. Resolves
 * when those who were let in have their answers.
 */
export async function leave(server: Server, openForMs: number): Promise<void> {
  for (const response of answers) endConnectionWith(response)
  await sleep(openForMs)
  await shut(server)
}

function endConnectionWith(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}

async function shut(server: Server): Promise<void> {
  const began = performance.now()
  // What has come by now is read before an idle connection is closed: unread, it would be reset.
  await turnOfReading()
  const closed = new Promise<boolean>(resolve => server.close(() => resolve(true)))
  while (!(await Promise.race([closed, sleep(lookMs, false)]))) {
    await turnOfReading()
    server.closeIdleConnections()
    // Node counts one that has never said anything as busy.
    if (answers.size === 0 && performance.now() - began > silentMs) server.closeAllConnections()
  }
}
