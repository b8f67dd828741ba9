import { setExpiry } from '#lib/connections/set-expiry.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** Changes the day on which a connection's key ends, or drops it. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const back = `/w/${workspace}/integrations/${connector}/${id}/settings`
  const about = { form: 'connection-expiry', back, shown: ['key_expires_on'] }
  return answerMemberForm(
    request,
    workspace,
    about,
    async ({ actor }, { drop, key_expires_on: day = '' }) => {
      await setExpiry(actor, { connectionId: id, day: drop ? '' : day })
      return `${back}?saved=expiry`
    },
  )
}
