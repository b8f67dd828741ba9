import { signInEnded } from '#lib/link-sessions/note-sign-in.ts'
import { findWalk } from '#lib/link-sessions/read.ts'
import { personOfRequest, sayOfRequest } from '../../../../web/here.ts'
import { refusalPage } from '../../../../web/refusal-page.ts'
import { unexpected } from '../../../../web/unexpected.ts'

type Context = { params: Promise<{ session: string }> }

/** Where a screen that waits for a sign-in goes on: `{"to": "/link/…"}`, without `to` while nothing has come. For its one person. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const { session } = await params
    const { actor } = await personOfRequest(request)
    const { walk, ended } = await findWalk(actor, session)
    const mark = new URL(request.url).searchParams.get('mark') ?? ''
    const over = ended || Boolean(walk.progress.connectionId)
    const step = over ? '' : signInEnded(walk, mark)
    const to = step === undefined ? {} : { to: `/link/${walk.id}/${step}` }
    return Response.json(to, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return refusalPage(sayOfRequest(request), unexpected(error, 'state of a sign-in failed'))
  }
}
