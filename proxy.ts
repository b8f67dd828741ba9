import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { pagePolicy } from '#lib/door/headers.ts'
import { isForeign } from '#lib/door/origin.ts'
import { plainPage } from '#lib/door/plain-page.ts'
import { env } from '#lib/env.ts'

/** Before every page and route handler: foreign writes are turned away, and each page gets a policy with a nonce of its own. */
export function proxy(request: NextRequest): NextResponse {
  if (isForeign(request.method, request.headers, env().APP_URL)) {
    const languages = request.headers.get('accept-language') ?? ''
    const { html, headers } = plainPage({ reason: 'foreign', languages })
    return new NextResponse(html, { status: 403, headers })
  }
  const policy = pagePolicy(randomBytes(16).toString('base64'))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy) // from here Next takes the nonce for its own scripts
  headers.set('x-gangway-path', request.nextUrl.pathname + request.nextUrl.search) // where a sign-in comes back to
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

export const config = { matcher: ['/((?!_next/static/|api/health/).*)'] }
