import { checkAgain } from '#lib/link-sessions/enter.ts'
import { stepForm } from '../../../step-form.ts'
import { typedFields } from '../../../typed-fields.ts'

/** **Check again**: with the key that was pasted there, or with the sealed one. */
export const { GET, POST } = stepForm({
  screen: 'check',
  fields: typedFields,
  act: (user, typed, { session }) => checkAgain(user, { sessionId: session, typed }),
})
