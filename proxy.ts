import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { pagePolicy } from '#lib/door/headers.ts'
import { isForeign } from '#lib/door/origin.ts'
import { plainPage } from '#lib/door/plain-page.ts'
import { env } from '#lib/env.ts'
import { signInOrigins } from '#lib/oauth/app.ts'

/** The one screen whose form leads to an ATS's own sign-in. */
const signInPage = /^\/link\/[^/]+\/sign-in$/

/** Where a browser passes by, there and back. A handler's own headers would not count beside those of the door. */
const signInWay = /^\/(link\/[^/]+\/sign-in\/(start|back)|api\/oauth\/[^/]+\/callback)$/

/** Before every page and route handler: foreign writes are turned away, and each page gets a policy with a nonce of its own. */
export function proxy(request: NextRequest): NextResponse {
  if (isForeign(request.method, request.headers, env().APP_URL)) {
    const languages = request.headers.get('accept-language') ?? ''
    const { html, headers } = plainPage({ reason: 'foreign', languages })
    return new NextResponse(html, { status: 403, headers })
  }
  const leaves = signInPage.test(request.nextUrl.pathname)
  const policy = pagePolicy(randomBytes(16).toString('base64'), leaves ? signInOrigins() : [])
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy) // from here Next takes the nonce for its own scripts
  headers.set('x-gangway-path', request.nextUrl.pathname + request.nextUrl.search) // where a sign-in comes back to
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  // The window that this page opens may answer it.
  if (leaves) response.headers.set('cross-origin-opener-policy', 'same-origin-allow-popups')
  if (signInWay.test(request.nextUrl.pathname)) {
    // The window keeps its opener where nothing on its way cuts it; and no address with a code in it is told to anybody.
    response.headers.set('cross-origin-opener-policy', 'unsafe-none')
    response.headers.set('referrer-policy', 'no-referrer')
  }
  return response
}

export const config = { matcher: ['/((?!_next/static/|api/health/).*)'] }
