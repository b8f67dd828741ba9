import { request as ask, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlClient } from '#lib/db/client.ts'
import { createDoor } from '#lib/door/serve.ts'
import { closeProbe } from '#lib/health/probe.ts'
import { log } from '#lib/log.ts'
import { loggedBy } from '#lib/log-testing.ts'
import { answerForm } from './answer-form.ts'

let server: Server
beforeAll(async () => {
  server = createDoor({
    appUrl: 'http://localhost:3000',
    trustedProxy: [],
    inside: async ({ url = '/' }, response) => {
      const form = new Request(`http://localhost:3000${url}`, { method: 'POST', body: new URLSearchParams() })
      const { status } = await answerForm(form, { form: 'test', back: '/', shown: [] }, work)
      response.writeHead(status).end()
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
})
afterAll(async () => {
  await new Promise(resolve => server.close(resolve))
  await closeProbe()
})

/** As a verb does: it waits for the database, twice, says something, and fails. */
async function work(): Promise<string> {
  await Promise.all([sqlClient()`select pg_sleep(0.02)`, sqlClient()`select 1`])
  log.info('from a verb')
  throw new Error('failed')
}

const get = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const sent = ask({ host: '127.0.0.1', port, path, headers: { host: 'localhost:3000' } }, response => {
      response.resume().on('end', () => resolve(String(response.headers['x-request-id'])))
    })
    sent.on('error', reject).end()
  })

test('every line of a request carries its id, the one that its answer has, however many run at once', async () => {
  let ids: string[] = []
  const lines = await loggedBy(async () => {
    ids = await Promise.all([1, 2, 3].map(n => get(`/${n}`)))
    await new Promise(resolve => setTimeout(resolve, 50))
  })
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) {
    const own = lines.filter(line => line.request === id).map(line => line.msg)
    expect(own).toEqual(['from a verb', 'form failed', 'request'])
  }
  expect(lines).toHaveLength(9)
  expect(Object.keys(lines.find(line => line.msg === 'from a verb') ?? {}).sort()).toEqual([
    'level',
    'msg',
    'request',
    'time',
  ])
})
