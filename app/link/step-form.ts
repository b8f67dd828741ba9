import { z } from 'zod'
import type { UserActor } from '#lib/actors.ts'
import { cookieNames, newVisitor } from '#lib/auth.ts'
import { GangwayError } from '#lib/errors.ts'
import { keepForm } from '#lib/forms/state.ts'
import { mayKeep } from '#lib/link-sessions/may-keep.ts'
import { fieldsOf, seeOther } from '../web/answer-form.ts'
import { cookiesOf } from '../web/cookies.ts'
import { personOfRequest, sayOfRequest } from '../web/here.ts'
import { signInAgainPath, signInPath } from '../web/own-path.ts'
import { refusalPage } from '../web/refusal-page.ts'
import { unexpected } from '../web/unexpected.ts'

type Params = { session: string; field?: string }
type Typed = Readonly<Record<string, string | undefined>>
type Context = { params: Promise<Params> }

export type StepForm<T extends Typed> = {
  /** The screen that the form stands on, below the session's address. */
  screen: string | ((params: Params) => string)
  /** What the form sends, and nothing else (a strict object): another shape is refused with 422. */
  fields: z.ZodType<T>
  /** Calls the verb. Gives where to go on: a screen of this walk, a path from the root, or an answer of its own. */
  act(
    user: UserActor,
    input: T,
    at: Params & { locale: string; request: Request },
  ): Promise<string | Response>
}

/**
 * The two handlers of a form of the wizard. POST checks the shape, calls one verb and answers 303, always to a GET; what the
 * verb finds wrong stands at its field there. Without a session what was typed, secrets aside, waits ten minutes behind the
 * sign-in. GET, as after a reload, leads back to the screen.
 */
export function stepForm<T extends Typed>(form: StepForm<T>) {
  const screenOf = (params: Params) => (typeof form.screen === 'string' ? form.screen : form.screen(params))
  return {
    POST: async (request: Request, context: Context): Promise<Response> => {
      const params = await context.params
      const screen = screenOf(params)
      try {
        if (!z.uuid().safeParse(params.session).success) throw new GangwayError('not_found', 'no such walk')
        const fields = await shapeOf(request, form.fields)
        const person = await signedIn(request)
        if (!person) return await toSignIn(request, params.session, screen, fields)
        const at = { ...params, locale: person.say.locale, request }
        const next = await form.act(person.actor, fields, at)
        if (next instanceof Response) return next
        return seeOther(next.startsWith('/') ? next : below(params.session, next))
      } catch (error) {
        return refuse(request, error, below(params.session, screen))
      }
    },
    GET: async (_request: Request, context: Context): Promise<Response> => {
      const params = await context.params
      return seeOther(below(encodeURIComponent(params.session), screenOf(params)))
    },
  }
}

const below = (session: string, screen: string) => `/link/${session}/${screen}`

/** The form as its schema has it. A field twice, one too many, one too long, a file or no form at all: `invalid`. */
async function shapeOf<T extends Typed>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers.get('content-type') ?? ''
  if (/^application\/json\b/i.test(type)) return odd()
  const fields = await fieldsOf(request).catch(odd)
  if (Object.hasOwn(fields, '__proto__')) return odd() // zod passes over it
  const parsed = schema.safeParse(fields)
  return parsed.success ? parsed.data : odd()
}

function odd(cause?: unknown): never {
  if (cause instanceof GangwayError && cause.code !== 'invalid') throw cause
  throw new GangwayError('invalid', 'form of another shape', { said: { key: 'wizard.odd_form' }, cause })
}

async function signedIn(request: Request) {
  try {
    return await personOfRequest(request)
  } catch (error) {
    if (error instanceof GangwayError && error.code === 'unauthenticated') return undefined
    throw error
  }
}

/** Who had a session here a moment ago finds the typed text again after the sign-in; nobody else leaves a row behind. */
async function toSignIn(request: Request, session: string, screen: string, fields: Typed) {
  const typed = mayKeep(fields)
  const back = below(session, screen)
  const cookies = cookiesOf(request)
  if (!cookies[cookieNames.session] || Object.keys(typed).length === 0) return seeOther(signInPath(back))
  const { visitor, cookie } = newVisitor()
  const id = await keepForm({ visitor }, { form: formName(screen), shown: Object.keys(typed) }, typed, {})
  return seeOther(signInPath(`${back}?form=${id}`), cookie)
}

/** Names a screen's form among those that are kept for after a sign-in. */
export const formName = (screen: string): string => `link/${screen}`

function refuse(request: Request, thrown: unknown, screen: string): Response {
  if (thrown instanceof GangwayError && thrown.code === 'gone') return seeOther(screen)
  // She is signed in: a verb wants her password anew.
  if (thrown instanceof GangwayError && thrown.code === 'unauthenticated')
    return seeOther(signInAgainPath(screen))
  return refusalPage(sayOfRequest(request), unexpected(thrown, 'form of the wizard failed'))
}
