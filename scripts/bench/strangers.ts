import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { newSecret } from '../../lib/crypto/tokens.ts'
import type { BenchApp } from './app.ts'
import { type Figure, get } from './measure.ts'

/** so many callbacks with made-up codes and states, in so many seconds. */
const [callbacks, seconds] = [1000, 10]
const mostMs = 100
/** How many of them are looked at before their network is told to wait. */
const limit = 60

/**
 * What a stranger gets who sends made-up callbacks at the pace of A-003: no request to the authorization server, an answer that does
 * not keep anybody waiting, and after the configured count a refusal.
 */
export async function strangersFigure({ appUrl, yes }: BenchApp): Promise<Figure> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const paced = async (times: number, address: () => string) => {
    const answers = Array.from({ length: times }, async (_, nth) => {
      await sleep((nth * seconds * 1000) / callbacks)
      return get(address(), '', agent)
    })
    return Promise.all(answers)
  }
  const alive = () => `${appUrl}/api/health/live`
  const madeUp = () => `${appUrl}/api/oauth/${randomUUID()}/callback?code=${newSecret()}&state=${newSecret()}`
  await paced(100, alive)
  const ceiling = p95(await paced(200, alive))
  yes.take()
  const answers = await paced(callbacks, madeUp)
  const asked = yes.take().requests
  agent.destroy()
  const figure = p95(answers)
  const counted = (status: number) => answers.filter(answer => answer.status === status).length
  const [turnedAway, limited] = [counted(400), counted(429)]
  return {
    what: `${callbacks} made-up callbacks in ${seconds} s, p95`,
    ceiling: `${ceiling.toFixed(1)} ms (/api/health/live)`,
    figure: `${figure.toFixed(1)} ms; ${turnedAway} turned away, ${limited} limited, ${asked} token requests`,
    ratio: (figure / ceiling).toFixed(2),
    bound: `${mostMs} ms`,
    holds: figure < mostMs && asked === 0 && turnedAway === limit && turnedAway + limited === callbacks,
  }
}

function p95(answers: readonly { milliseconds: number }[]): number {
  const sorted = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN
}
