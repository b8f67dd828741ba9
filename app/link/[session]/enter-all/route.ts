import { enterForm } from '#lib/link-sessions/enter.ts'
import { stepForm } from '../../step-form.ts'
import { typedFields } from '../../typed-fields.ts'

/** The one form of New authentication. */
export const { GET, POST } = stepForm({
  screen: 'enter',
  fields: typedFields,
  act: (user, typed, { session }) => enterForm(user, { sessionId: session, typed }),
})
