import { cookieNames } from '#lib/auth.ts'
import { peerOf } from '#lib/door/peer.ts'
import { countStrangeCallback } from '#lib/limits/callbacks.ts'
import { readCallback } from '#lib/oauth/callback.ts'
import { type Finished, finishSignIn } from '#lib/oauth/finish.ts'
import { signInRejectedPage } from '../../../../link/sign-in-back.ts'
import { seeOther } from '../../../../web/answer-form.ts'
import { cookiesOf } from '../../../../web/cookies.ts'
import { sayOfRequest, visitorOfRequest } from '../../../../web/here.ts'
import { refusalPage } from '../../../../web/refusal-page.ts'
import { unexpected } from '../../../../web/unexpected.ts'

type Context = { params: Promise<{ appId: string }> }

/**
 * Where an ATS sends somebody back to. Whoever's answer it is not gets a page that tells nothing; she whose it is goes on at a clean
 * address, and what was in this one is used up.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  // A look ahead would use up what the visit itself needs.
  if (/prefetch/i.test(`${request.headers.get('sec-purpose')} ${request.headers.get('purpose')}`))
    return rejected(request)
  const query = readCallback(new URL(request.url).search.slice(1))
  const { appId } = await params
  try {
    if (!query) return await strange(request)
    const person = await visitorOfRequest(request)
    const binding = cookiesOf(request)[cookieNames.binding]
    const ended = await finishSignIn(person?.actor, { appId, query, binding })
    return ended.kind === 'rejected' ? await strange(request) : onwards(ended)
  } catch (error) {
    return refusalPage(sayOfRequest(request), unexpected(error, 'callback of a sign-in failed'))
  }
}

/** Asking about it, as mail scanners and link previews do, is no visit. */
export const HEAD = (): Response => new Response(null, { status: 405, headers: { allow: 'GET' } })

function onwards({ kind, linkSessionId }: Exclude<Finished, { kind: 'rejected' }>): Response {
  return seeOther(`/link/${linkSessionId}/sign-in/back${kind === 'failed' ? '?ended=failed' : ''}`)
}

/** Counted by where it comes from: nobody guesses states for long. */
async function strange(request: Request): Promise<Response> {
  await countStrangeCallback(peerOf(request.headers))
  return rejected(request)
}

function rejected(request: Request): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(signInRejectedPage(sayOfRequest(request)), { status: 400, headers })
}
