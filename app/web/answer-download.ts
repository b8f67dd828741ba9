import { seeOther } from './answer-form.ts'
import { type AtPartner, enterPartnerRoute, enterRoute, type Here, sayOfRequest } from './here.ts'
import { signInPath } from './own-path.ts'
import { refusalPage } from './refusal-page.ts'
import { unexpected } from './unexpected.ts'

type TextFile = { name: string; text: string }

/** Answers a GET by a text file for the member who asks, or by the small page of a refusal. Nobody keeps a copy on the way. */
export const answerDownload = (
  request: Request,
  workspace: string,
  work: (here: Here) => Promise<TextFile>,
): Promise<Response> => answer(request, 'text/plain', async () => work(await enterRoute(request, workspace)))

/** As `answerDownload`, for the partner's person who asks, by an HTML file: it is saved and never opened under our address. */
export const answerPartnerDownload = (
  request: Request,
  work: (at: AtPartner) => Promise<TextFile>,
): Promise<Response> => answer(request, 'text/html', async () => work(await enterPartnerRoute(request)))

async function answer(
  request: Request,
  type: 'text/plain' | 'text/html',
  work: () => Promise<TextFile>,
): Promise<Response> {
  try {
    const { name, text } = await work()
    return new Response(text, {
      headers: {
        'content-type': `${type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  } catch (error) {
    const refused = unexpected(error, 'download failed')
    if (refused.code === 'unauthenticated') return seeOther(signInPath(new URL(request.url).pathname))
    return refusalPage(sayOfRequest(request), refused)
  }
}
