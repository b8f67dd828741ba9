import { findWalk } from '#lib/link-sessions/read.ts'
import { personOfRequest, sayOfRequest } from '../../../../web/here.ts'
import { refusalPage } from '../../../../web/refusal-page.ts'
import { unexpected } from '../../../../web/unexpected.ts'
import { signInBackPage } from '../../../sign-in-back.ts'

type Context = { params: Promise<{ session: string }> }

/** The clean address behind the callback: in the window it tells the wizard and closes itself, in a tab it goes on. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { session } = await params
    const { actor, say } = await personOfRequest(request)
    const { walk } = await findWalk(actor, session)
    const failed = new URL(request.url).searchParams.get('ended') === 'failed'
    const html = signInBackPage({
      say,
      ats: walk.connector?.manifest.name ?? '',
      session: walk.id,
      to: `/link/${walk.id}/${failed ? 'sign-in' : 'account'}`,
      nonce: nonceOf(request),
    })
    return new Response(html, {
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    })
  } catch (error) {
    return refusalPage(sayOfRequest(request), unexpected(error, 'page after a sign-in failed'))
  }
}

/** As `proxy.ts` has put it into the request, for scripts of ours. */
const nonceOf = (request: Request): string =>
  /'nonce-([\w+/=-]+)'/.exec(request.headers.get('content-security-policy') ?? '')?.[1] ?? ''
