import { acceptAsMyself } from '#lib/members/accept-invitation.ts'
import { answerForm, seeOther } from '../../../../web/answer-form.ts'
import { visitorOfRequest } from '../../../../web/here.ts'
import { afterJoining } from '../after-joining.ts'

type Context = { params: Promise<{ secret: string }> }

/** Joins as whoever is signed in; nobody signed in leads back to the invitation, never with its secret in another address. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { secret } = await params
  const back = `/invitation/${encodeURIComponent(secret)}`
  return answerForm(request, { form: 'invitation', back, shown: [] }, async () => {
    const person = await visitorOfRequest(request)
    if (!person) return back
    return afterJoining(await acceptAsMyself(secret, person.actor))
  })
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return seeOther(`/invitation/${encodeURIComponent((await params).secret)}`)
}
