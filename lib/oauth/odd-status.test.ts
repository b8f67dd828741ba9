import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { Secret } from '#lib/crypto/secret.ts'
import { env } from '#lib/env.ts'
import { closeHttp } from '#lib/http.ts'
import { refreshTokens } from './client.ts'

// Not with the sandbox in this process: its web server puts a `Response` of its own, which takes any status, in the place of Node's.
const server = createServer(socket => {
  socket.once('data', data => {
    const status = /^POST \/(\d+)/.exec(String(data))?.[1]
    socket.end(`HTTP/1.1 ${status} Odd\r\ncontent-type: application/json\r\ncontent-length: 0\r\n\r\n`)
  })
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
afterAll(async () => {
  await closeHttp()
  server.close()
})
const address = server.address()
const origin = `http://workable.localhost:${address && typeof address === 'object' ? address.port : ''}`
Object.assign(env(), { SANDBOX_ORIGIN: origin })

// Seen failing with the reply's own status in `plain` of `client.ts`.
test.each([204, 205, 304, 600, 999])(
  'an authorization server that answers %i is unclear, and nothing breaks',
  async status => {
    const place = { origin, authorize: origin, token: `${origin}/${status}`, revoke: origin, parameters: {} }
    const app = { id: '', clientId: 'id', secret: new Secret('secret'), server: place }
    expect(await refreshTokens(app, new Secret('token'))).toEqual({
      kind: 'unclear',
      reason: `status ${status}`,
    })
  },
)
