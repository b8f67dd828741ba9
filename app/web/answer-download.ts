import { GangwayError } from '#lib/errors.ts'
import { seeOther } from './answer-form.ts'
import { enterRoute, type Here, sayOfRequest } from './here.ts'
import { signInPath } from './own-path.ts'
import { refusalPage } from './refusal-page.ts'

/** Answers a GET by a text file for the member who asks, or by the small page of a refusal. Nobody keeps a copy on the way. */
export async function answerDownload(
  request: Request,
  workspace: string,
  work: (here: Here) => Promise<{ name: string; text: string }>,
): Promise<Response> {
  try {
    const { name, text } = await work(await enterRoute(request, workspace))
    return new Response(text, {
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  } catch (error) {
    if (!(error instanceof GangwayError)) throw error
    if (error.code === 'unauthenticated') return seeOther(signInPath(new URL(request.url).pathname))
    return refusalPage(sayOfRequest(request), error)
  }
}
