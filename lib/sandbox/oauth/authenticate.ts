import type { Sandbox } from '../sandbox.ts'
import { appByClientId, secretFits } from './client.ts'
import type { OauthContext, Parameters } from './parameters.ts'
import type { OauthApp } from './records.ts'

/** Where a client put its id and secret. */
export type ClientPlace = 'body' | 'basic' | 'both' | 'none'

/** Who a request of a program says it is from; `app` only where the secret is right. */
export type Client = { claimed: OauthApp | null; app: OauthApp | null; place: ClientPlace }

/** Authenticates a client: in the body, and where the switch says so by Basic (RFC 6749, 2.3.1), which then counts. */
export function authenticate(sandbox: Sandbox, c: OauthContext, given: Parameters): Client {
  const { state } = sandbox
  const header = readBasic(c.req.header('Authorization'))
  const inBody = { id: given.of('client_id'), secret: given.of('client_secret') }
  const heard = header !== null && state.switches.clientAuthentication === 'body_or_basic' ? header : inBody
  const claimed = appByClientId(state, heard.id)
  const right = claimed !== null && heard.secret !== null && secretFits(claimed, heard.secret, sandbox.now())
  const place = placeOf(header !== null, inBody.secret !== null)
  return { claimed, app: right ? claimed : null, place }
}

function placeOf(inHeader: boolean, inBody: boolean): ClientPlace {
  if (inHeader) return inBody ? 'both' : 'basic'
  return inBody ? 'body' : 'none'
}

function readBasic(header: string | undefined): { id: string | null; secret: string | null } | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const plain = (text: string) => new URLSearchParams(`x=${text}`).get('x')
  return { id: plain(id), secret: plain(rest.join(':')) }
}
