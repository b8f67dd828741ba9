import { cookieNames, newVisitor } from '#lib/auth.ts'
import { peerOf } from '#lib/door/peer.ts'
import { GangwayError } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { keepForm, type Reader } from '#lib/forms/state.ts'
import { countKeptForm } from '#lib/limits/kept-forms.ts'
import type { Which } from '#lib/members/find-session.ts'
import { cookiesOf } from './cookies.ts'
import {
  type AtPartner,
  enterPartnerRoute,
  enterRoute,
  type Here,
  type Person,
  personOfRequest,
  sayOfRequest,
} from './here.ts'
import { signInPath } from './own-path.ts'
import { refusalPage } from './refusal-page.ts'
import { unexpected } from './unexpected.ts'

export type FormAnswer = {
  /** Names the form: what is kept for one is not shown in another. */
  form: string
  /** The page that shows the form, without `form` in its query. */
  back: string
  /** Fields that are shown again after a refusal; never a secret. Of a form whose fields are not the same each time, by what came. */
  shown: readonly string[] | ((fields: Fields) => readonly string[])
}

/** Where to go on: a path of ours, or an answer of its own. */
type Done = string | Response

/**
 * Answers a form's POST by 303. `work` gets the fields and says where to go on. What it throws becomes: `invalid`, back to the
 * form with the values and the messages at their fields; `unauthenticated`, the sign-in, then the form with the values;
 * anything else, a small page with the error's own status. A body that is no form is refused.
 */
export function answerForm(request: Request, about: FormAnswer, work: (fields: Fields) => Promise<Done>) {
  return answer(request, about, async () => work)
}

/** As `answerForm`, for a form of a workspace: `work` also gets the member who sent it. */
export function answerMemberForm(
  request: Request,
  where: string | Which,
  about: FormAnswer,
  work: (here: Here, fields: Fields) => Promise<Done>,
): Promise<Response> {
  return answerAs(request, about, () => enterRoute(request, where), work)
}

/** As `answerForm`, for a form of the partner's console: `work` also gets the partner's person who sent it. */
export function answerPartnerForm(
  request: Request,
  about: FormAnswer,
  work: (at: AtPartner, fields: Fields) => Promise<Done>,
): Promise<Response> {
  return answerAs(request, about, () => enterPartnerRoute(request), work)
}

/** As `answerForm`, for a form outside of a workspace: `work` also gets the person who sent it. */
export function answerPersonForm(
  request: Request,
  about: FormAnswer,
  work: (person: Person, fields: Fields) => Promise<Done>,
): Promise<Response> {
  return answerAs(request, about, () => personOfRequest(request), work)
}

/** What a refusal shows again is hers from the moment that it is known who she is. */
function answerAs<Who extends { actor: Reader }>(
  request: Request,
  about: FormAnswer,
  enter: () => Promise<Who>,
  work: (who: Who, fields: Fields) => Promise<Done>,
): Promise<Response> {
  return answer(request, about, async known => {
    const who = await enter()
    known(who.actor)
    return fields => work(who, fields)
  })
}

async function answer(
  request: Request,
  about: FormAnswer,
  enter: (known: (reader: Reader) => void) => Promise<(fields: Fields) => Promise<Done>>,
): Promise<Response> {
  let asking: Reader | undefined
  let fields: Fields = {}
  try {
    fields = await fieldsOf(request)
    const work = await enter(found => {
      asking = found
    })
    const done = await work(fields)
    return typeof done === 'string' ? seeOther(done) : done
  } catch (thrown) {
    const error = unexpected(thrown, 'form failed')
    if (error.code !== 'invalid' && error.code !== 'unauthenticated')
      return refusalPage(sayOfRequest(request), error)
    return await sendBack(request, about, asking, fields, error).catch(refused =>
      refusalPage(sayOfRequest(request), unexpected(refused, 'form failed')),
    )
  }
}

/** A 303: the browser goes on with a GET. */
export const seeOther = (path: string, ...cookies: string[]): Response => {
  const headers = new Headers({ location: path, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** Back to the form, over the sign-in where the session has ended; what was typed waits there. */
async function sendBack(
  request: Request,
  about: FormAnswer,
  asking: Reader | undefined,
  fields: Fields,
  error: GangwayError,
): Promise<Response> {
  const signedOut = error.code === 'unauthenticated'
  const shown = typeof about.shown === 'function' ? about.shown(fields) : about.shown
  if (signedOut && shown.length === 0) return seeOther(signInPath(about.back))
  if (!asking) await countKeptForm(peerOf(request.headers))
  const known = cookiesOf(request)[cookieNames.visitor]
  const visitor = known ? { visitor: known } : newVisitor()
  const named = Object.keys(error.problems).length > 0 ? error.problems : { '': error.said }
  const id = await keepForm(asking ?? visitor, { form: about.form, shown }, fields, signedOut ? {} : named)
  const [path = '/', query] = about.back.split('?')
  const params = new URLSearchParams(query)
  params.set('form', id)
  const back = `${path}?${params}`
  const cookies = asking || !('cookie' in visitor) ? [] : [visitor.cookie]
  return seeOther(signedOut ? signInPath(back) : back, ...cookies)
}

/** The fields of a form, one text each. Files, repeated names and other bodies are refused. */
export async function fieldsOf(request: Request): Promise<Fields> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    throw new GangwayError('forbidden', 'body is not a form')
  const fields: Record<string, string> = Object.create(null)
  const form = await request.formData().catch(cause => {
    throw new GangwayError('invalid', 'form cannot be read', { cause })
  })
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name in fields) throw new GangwayError('invalid', 'odd field')
    fields[name] = value
  }
  return fields
}
