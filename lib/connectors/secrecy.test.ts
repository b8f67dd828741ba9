import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { createApi } from '#lib/ats/api.ts'
import { Secret } from '#lib/crypto/secret.ts'
import { closeHttp } from '#lib/http.ts'
import { newId } from '#lib/ids.ts'
import type { Connector } from './contract.ts'
import { connectors } from './registry.ts'

/** An ATS that says yes to everything and writes down every byte of a request. */
const seen: { request: IncomingMessage; body: string }[] = []
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    seen.push({ request, body: Buffer.concat(chunks).toString() })
    const own = { id: '1', subdomain: 'acme', name: 'Acme' }
    const lists = { jobs: [], candidates: [], members: [], accounts: [own] }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...own, ...lists }))
  })
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
process.env.SANDBOX_ORIGIN = `http://workable.localhost:${(server.address() as AddressInfo).port}`

afterAll(async () => {
  await closeHttp()
  server.close()
})

const job = { remoteId: '1', remoteRef: '9CD658E13E' }

// Taken out with: the credential in `headersOf`, put into the address instead.
test.each(Object.entries(connectors))(
  'A-038 in a thousand calls of %s the key stands in its header and nowhere else',
  async (_, connector: Connector) => {
    const { manifest } = connector
    const key = `CNRY${newId()}`
    const context = {
      subdomain: 'acme',
      permissions: 'read_write',
      email: 'a@example.com',
      findings: [],
    } as const
    seen.length = 0
    while (seen.length < 1000) {
      const secret = new Secret(key)
      const api = createApi({ manifest, environment: 'sandbox', subdomain: 'acme', secret, paceKey: newId() })
      for (const check of connector.checks) await check.run(api, context)
      await connector.listJobs(api)
      await connector.listCandidates(api, job)
      if (manifest.oauth) await connector.listAccounts(api)
    }
    const { name, prefix } = manifest.credentialHeader
    for (const { request, body } of seen) {
      const { [name]: credential, ...others } = request.headers
      expect(credential).toBe(prefix + key)
      expect(`${request.url} ${body} ${JSON.stringify(others)}`).not.toContain('CNRY')
    }
  },
  60_000,
)
