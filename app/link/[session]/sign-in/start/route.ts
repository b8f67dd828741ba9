import { z } from 'zod'
import { bindBrowser, cookieNames } from '#lib/auth.ts'
import { GangwayError } from '#lib/errors.ts'
import { startSignIn } from '#lib/oauth/start.ts'
import { seeOther } from '../../../../web/answer-form.ts'
import { cookiesOf } from '../../../../web/cookies.ts'
import { stepForm } from '../../../step-form.ts'

/** The way to the ATS's sign-in begins: bound to this person and to this browser, and never by a GET. */
export const { GET, POST } = stepForm({
  screen: 'sign-in',
  fields: z.strictObject({ window: z.literal('yes').optional() }),
  act: async (user, _typed, { session, request }) => {
    const { binding, cookie } = bindBrowser(cookiesOf(request)[cookieNames.binding])
    try {
      return seeOther(await startSignIn(user, { sessionId: session, binding }), cookie)
    } catch (error) {
      // Said at the step and not in the window, which closes itself.
      if (error instanceof GangwayError && error.code === 'too_many')
        return seeOther(`/link/${session}/sign-in/back?ended=failed`)
      throw error
    }
  },
})
