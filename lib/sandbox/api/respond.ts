import { createHash, randomUUID } from 'node:crypto'
import type { Reply } from './replies.ts'

/** Turns a reply into a response with the headers that were recorded on Workable's. A text body is sent as HTML. */
export function respond(reply: Reply): Response {
  const isText = typeof reply.body === 'string'
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
  const etag = createHash('sha256').update(text).digest('hex').slice(0, 32)
  return new Response(text, {
    status: reply.status,
    headers: {
      'Content-Type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'Cache-Control': 'max-age=0, private, must-revalidate',
      ETag: `W/"${etag}"`,
      Vary: 'User-Agent',
      'X-Request-Id': randomUUID(),
      Server: 'workable-sandbox',
      ...reply.headers,
    },
  })
}
