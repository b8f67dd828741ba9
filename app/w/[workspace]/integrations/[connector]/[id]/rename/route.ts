import { renameConnection } from '#lib/connections/rename.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** Gives a connection another name. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const back = `/w/${workspace}/integrations/${connector}/${id}/settings`
  const about = { form: 'connection-rename', back, shown: ['name'] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    await renameConnection(actor, { connectionId: id, fields })
    return `${back}?saved=name`
  })
}
