import { enterField } from '#lib/link-sessions/enter.ts'
import { stepForm } from '../../../../step-form.ts'
import { typedFields } from '../../../../typed-fields.ts'

/** One screen of the key: a field and those folded away under it. */
export const { GET, POST } = stepForm({
  screen: ({ field }) => `enter/${encodeURIComponent(field ?? '')}`,
  fields: typedFields,
  act: (user, typed, { session, field = '' }) => enterField(user, { sessionId: session, field, typed }),
})
