import { originOf } from '../hosts.ts'
import type { Sandbox } from '../sandbox.ts'

/** Whether a text can be registered: an absolute http or https address without user, password and fragment. */
export function isRedirectUri(text: string): boolean {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(text) || text.includes('#') || !URL.canParse(text)) return false
  const { username, password, hostname } = new URL(text)
  // The host goes into a page's policy, where other signs would begin another directive.
  const plain = /^(?:[\w.-]+|\[[0-9a-f:.]+\])$/.test(hostname)
  return plain && username === '' && password === '' && text.length <= 2000
}

/** Where an answer goes, and the `state` that goes with it as it came: still encoded, so that no byte of it changes. */
export type Way = { redirectUri: string; rawState: string | null }

/** The address that takes an answer of the authorization endpoint back to the client. */
export function addressBack(sandbox: Sandbox, way: Way, answer: Record<string, string>): string {
  const iss = issuerTold(sandbox)
  const query = [
    String(new URLSearchParams({ ...answer, ...(iss === null ? {} : { iss }) })),
    ...(way.rawState === null ? [] : [`state=${way.rawState}`]),
  ].join('&')
  return `${way.redirectUri}${way.redirectUri.includes('?') ? '&' : '?'}${query}`
}

function issuerTold({ port, state }: Sandbox): string | null {
  const right = originOf(port, 'www')
  const told = {
    absent: null,
    right,
    foreign: 'https://issuer.example',
    trailing_slash: `${right}/`,
  }
  return told[state.switches.issuer]
}
