import { z } from 'zod'
import { sayAdmin } from '#lib/link-sessions/choose.ts'
import { stepForm } from '../../../step-form.ts'

export const { GET, POST } = stepForm({
  screen: 'admin',
  fields: z.strictObject({ admin: z.string().max(20) }),
  act: (user, { admin }, { session }) => sayAdmin(user, { sessionId: session, admin }),
})
