import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { FaultKind } from './fault-kinds.ts'

const loginPage =
  '<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head><body><h1>Sign in</h1><form method="post"><input name="email"></form></body></html>'

/** What the ledger is to note: the status that went out, or null where no answer did. */
export type Inflicted = { response: Response; status: number | null }

/** Answers one request as the fault wants it. `act` does what would have been done without it. */
export async function inflict(
  fault: FaultKind,
  env: HttpBindings,
  act: () => Promise<Response>,
): Promise<Inflicted> {
  switch (fault.kind) {
    case 'status':
      return sent(statusReply(fault.status, fault.body, fault.headers))
    case 'delay':
      await sleep(fault.ms)
      return sent(await act())
    case 'drop':
      if (fault.acted) await act()
      env.outgoing.destroy()
      return { response: RESPONSE_ALREADY_SENT, status: null }
    case 'html':
      return sent(new Response(loginPage, { status: fault.status, headers: htmlHeaders }))
    case 'truncated':
      return truncate(await act(), env, fault.cut)
    case 'huge':
      return sent(
        new Response(hugeJson(fault.bytes), {
          headers: { 'Content-Type': 'application/json; charset=utf-8' },
        }),
      )
    case 'slow':
      return sent(await drip(await act(), fault.bytes, fault.ms))
    case 'redirect':
      return sent(new Response(null, { status: fault.status, headers: { Location: fault.location } }))
  }
}

const htmlHeaders = { 'Content-Type': 'text/html; charset=utf-8' }

/** The usual case: the response goes out as it is. */
export function sent(response: Response): Inflicted {
  return { response, status: response.status }
}

function statusReply(
  status: number,
  body: string | Record<string, unknown>,
  headers: Record<string, string>,
): Response {
  const isText = typeof body === 'string'
  const type = isText ? htmlHeaders : { 'Content-Type': 'application/json; charset=utf-8' }
  const empty = status === 204 || status === 304
  return new Response(empty ? null : isText ? body : JSON.stringify(body), {
    status,
    headers: { ...type, ...headers },
  })
}

async function truncate(response: Response, env: HttpBindings, cut: boolean): Promise<Inflicted> {
  const whole = new Uint8Array(await response.arrayBuffer())
  const half = whole.slice(0, Math.ceil(whole.length / 2))
  if (!cut) return sent(new Response(half, { status: response.status, headers: response.headers }))
  const { outgoing } = env
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(response.headers),
    'Content-Length': whole.length,
  })
  outgoing.write(half, () => outgoing.destroy())
  return { response: RESPONSE_ALREADY_SENT, status: response.status }
}

function hugeJson(bytes: number): ReadableStream<Uint8Array> {
  const block = new Uint8Array(65_536).fill(0x20)
  let left = bytes
  return new ReadableStream({
    pull(controller) {
      const piece = block.slice(0, Math.min(left, block.length))
      if (left === bytes) piece[0] = 0x7b
      left -= piece.length
      if (left === 0) piece[piece.length - 1] = 0x7d
      controller.enqueue(piece)
      if (left === 0) controller.close()
    },
  })
}

async function drip(response: Response, bytes: number, ms: number): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer())
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at > 0) await sleep(ms)
      controller.enqueue(whole.slice(at, at + bytes))
      at += bytes
      if (at >= whole.length) controller.close()
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}
