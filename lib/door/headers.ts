import type { IncomingHttpHeaders } from 'node:http'

const aboutTwoYears = 63_072_000

// Nothing of the machine is asked for, anywhere.
const permissions = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'midi']
  .concat('display-capture', 'fullscreen', 'screen-wake-lock', 'browsing-topics', 'xr-spatial-tracking')
  .map(name => `${name}=()`)
  .join(', ')

/**
 * The headers of every response (`security.md` A-116). The policy is that of an answer which loads nothing; `proxy.ts` gives pages
 * theirs. `same-origin` and not `no-referrer`: Chromium's forms without JavaScript would send `Origin: null`.
 */
export function securityHeaders(appUrl: string): Record<string, string> {
  return {
    'content-security-policy': emptyPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy': permissions,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'x-dns-prefetch-control': 'off',
    ...(appUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${aboutTwoYears}` } : {}),
  }
}

const common = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
const emptyPolicy = `default-src 'none'; ${common}`

/**
 * The policy of a page whose scripts and styles carry `nonce`. `leavesFor` are origins to which a form of it may lead: Chromium holds
 * the 303 behind a form to `form-action` as well.
 */
export const pagePolicy = (nonce: string, leavesFor: readonly string[] = []): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    common.replace("form-action 'self'", ["form-action 'self'", ...leavesFor].join(' ')),
  ].join('; ')

// What a client may not say to the program behind the door: who it is for, where it came from, how it is routed inside.
const strippedHeaders =
  /^(forwarded|x-forwarded-.*|x-real-ip|x-middleware-.*|x-invoke-.*|x-matched-path|x-nextjs-.*|x-original-url|x-rewrite-url|x-http-method.*|x-method-override|x-nonce|content-security-policy|x-request-id)$/

/** Takes those out of a request, and writes what only the door knows. */
export function cleanHeaders(
  headers: IncomingHttpHeaders,
  { appUrl, id, peer }: { appUrl: string; id: string; peer: string },
): void {
  const home = new URL(appUrl)
  for (const name of Object.keys(headers)) if (strippedHeaders.test(name)) delete headers[name]
  headers.host = home.host
  headers['x-forwarded-host'] = home.host
  headers['x-forwarded-proto'] = home.protocol.slice(0, -1)
  headers['x-forwarded-for'] = peer
  headers['x-request-id'] = id
}
