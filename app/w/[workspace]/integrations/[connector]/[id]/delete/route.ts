import { deleteConnection } from '#lib/connections/delete.ts'
import { answerMemberForm } from '../../../../../../web/answer-form.ts'
import { triedFrom } from '../../../../../../web/begin-session.ts'

type Context = { params: Promise<{ workspace: string; connector: string; id: string }> }

/** **Delete integration**: with the word and a fresh sign-in, to the receipt. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { workspace, connector, id } = await params
  const list = `/w/${workspace}/integrations`
  const back = `${list}/${connector}/${id}/settings?ask=delete`
  const about = { form: 'connection-delete', back, shown: ['word'] }
  return answerMemberForm(request, workspace, about, async ({ actor }, fields) => {
    const from = await triedFrom(request)
    return `${list}/receipts/${await deleteConnection(actor, { connectionId: id, fields, from })}`
  })
}
