import { makeWorkspace } from '#lib/partners/make-workspace.ts'
import { answerPartnerForm } from '../../../web/answer-form.ts'
import { triedFrom } from '../../../web/begin-session.ts'

const about = { form: 'workspace-new', back: '/partner/customers/new', shown: ['name'] }

/** Makes a workspace, and leads into it. */
export const POST = (request: Request): Promise<Response> =>
  answerPartnerForm(request, about, async ({ actor }, fields) => {
    const slug = await makeWorkspace(actor, fields, await triedFrom(request))
    return `/w/${slug}/positions`
  })
