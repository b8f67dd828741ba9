import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { manifest } from '#lib/connectors/workable/manifest.ts'
import { ask } from '#lib/sandbox/test/ask.ts'

/** Seconds that an access token of the peer lives. */
export const lifeSeconds = 120

const account = { id: '7f3a', name: 'Fairwater Foods', subdomain: 'fairwater' }
const { basePath, oauth, scopes } = manifest

/**
 * An authorization server that nobody here wrote, in the sandbox's place: `oidc-provider`, at the addresses that the connector has,
 * with refresh tokens that are used once. Beside it, what the connector asks of an account, for whoever has one of its access
 * tokens. To be called once, at the top of a test file, before anything reads the environment; `stop` belongs into `afterAll`.
 */
export async function openPeer() {
  let answer = (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  process.env.SANDBOX_ORIGIN = `http://workable.localhost:${port}`
  return {
    port,
    /** Opens the doors, for one client with one redirect URI. */
    register(client: { id: string; secret: string; redirectUri: string }) {
      const provider = makeProvider(`http://www.workable.localhost:${port}`, client)
      const callback = provider.callback()
      answer = (request, response) =>
        request.url?.startsWith(basePath)
          ? void answerApi(provider, request, response)
          : void callback(request, response)
      return provider
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function makeProvider(issuer: string, client: { id: string; secret: string; redirectUri: string }): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    routes: { authorization: oauth.authorizePath, token: oauth.tokenPath, revocation: oauth.revokePath },
    scopes: scopes.map(({ id }) => id),
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    ttl: { AccessToken: lifeSeconds },
    features: {
      revocation: { enabled: true },
      // `resource=user` names nothing that it knows.
      resourceIndicators: { enabled: false },
    },
  })
}

/** What the connector asks of an account: one account, no job, nobody. */
async function answerApi(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
  const living = token && (await provider.AccessToken.find(token))
  const [status, body] = living ? replyTo(request.url ?? '') : [401, { error: 'Not authorized' }]
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function replyTo(url: string): [number, unknown] {
  const { pathname } = new URL(url, 'http://localhost')
  switch (pathname.slice(basePath.length)) {
    case '/accounts':
      return [200, { accounts: [account] }]
    case `/accounts/${account.subdomain}`:
      return [200, account]
    case '/jobs':
      return [200, { jobs: [] }]
    case '/candidates':
      return [200, { candidates: [] }]
    case '/members':
      return [200, { members: [] }]
    default:
      return [404, { error: 'Not found' }]
  }
}

/** Signs in over there and allows, through the peer's own pages. Gives the query that comes back. */
export async function consentAtPeer(port: number, address: string): Promise<string> {
  const cookies = new Map<string, string>()
  const home = new URL(address).origin
  const visit = async (where: string, form?: Record<string, string>) => {
    const { pathname, search } = new URL(where, home)
    const answer = await ask(port, pathname + search, {
      host: 'www',
      method: form ? 'POST' : 'GET',
      headers: {
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(form ? { body: String(new URLSearchParams(form)) } : {}),
    })
    for (const set of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  let answer = await visit(address)
  for (let turn = 0; turn < 12; turn += 1) {
    const { location } = answer.headers
    if (location && !location.startsWith(home) && !location.startsWith('/'))
      return new URL(location).search.slice(1)
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(answer.text) ?? []
    const prompt = answer.text.includes('value="login"') ? 'login' : 'consent'
    if (location) answer = await visit(location)
    else if (action) answer = await visit(action, { prompt, login: 'ines', password: 'unread' })
    else break
  }
  throw new Error(`the peer leads nowhere: ${answer.status} ${answer.text}`)
}
