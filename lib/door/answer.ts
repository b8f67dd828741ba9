import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { bodyLimit, type Reason } from './examine.ts'
import { plainPage, type Reload } from './plain-page.ts'

type Answer = {
  status: number
  reason: Reason | 'outage' | 'outage_form' | 'failed'
  appUrl: string
  reload?: Reload
}

/** Answers with a small page of our own, without the program inside. Where an answer has begun already, ends it as broken. */
export function answerPlainly(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent) return void response.destroy()
  const { status, reason, appUrl, reload } = answer
  const languages = String(request.headers['accept-language'] ?? '')
  const values = { address: appUrl, limit: `${bodyLimit / 1024} KB` }
  const page = plainPage({ reason, values, languages, ...(reload ? { reload } : {}) })
  // What was announced and not read must not be taken for the next request.
  const unread = request.complete ? {} : { connection: 'close' }
  response.writeHead(status, { ...page.headers, ...unread })
  response.end(request.method === 'HEAD' ? undefined : page.html)
}

/** Gives what is not HTTP enough to become a request the shortest answer that is. */
export function refuseBroken(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const statuses: Record<string, string> = {
    HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
    ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  }
  const status = statuses[error.code ?? ''] ?? '400 Bad Request'
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' })
  socket.end(`HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
}
