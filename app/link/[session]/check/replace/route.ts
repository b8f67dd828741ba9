import { z } from 'zod'
import { giveItThisKey } from '#lib/link-sessions/confirm.ts'
import { stepForm } from '../../../step-form.ts'

/** The account is connected already: that connection gets the key that was just proven. */
export const { GET, POST } = stepForm({
  screen: 'check',
  fields: z.strictObject({}),
  act: (user, _typed, { session }) => giveItThisKey(user, { sessionId: session }),
})
