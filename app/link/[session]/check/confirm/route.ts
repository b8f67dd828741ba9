import { z } from 'zod'
import { confirm } from '#lib/link-sessions/confirm.ts'
import { stepForm } from '../../../step-form.ts'

/** **Next** on the doctor's page, or **Go on read-only**: completes the connection. */
export const { GET, POST } = stepForm({
  screen: 'check',
  fields: z.strictObject({ permissions: z.literal('read').optional() }),
  act: (user, { permissions }, { session, locale }) =>
    confirm(user, { sessionId: session, readOnly: permissions === 'read', locale }),
})
