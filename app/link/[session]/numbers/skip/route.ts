import { z } from 'zod'
import { skipNumbers } from '#lib/link-sessions/choose-numbers.ts'
import { stepForm } from '../../../step-form.ts'

/** **Not now**: to the end without numbers. */
export const { GET, POST } = stepForm({
  screen: 'numbers',
  fields: z.strictObject({}),
  act: (user, _, { session }) => skipNumbers(user, session),
})
