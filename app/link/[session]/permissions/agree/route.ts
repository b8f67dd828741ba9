import { z } from 'zod'
import { agreePermissions } from '#lib/link-sessions/agree-permissions.ts'
import { stepForm } from '../../../step-form.ts'

/** **Next** agrees to what is on the screen, in the language in which it stands there. */
export const { GET, POST } = stepForm({
  screen: 'permissions',
  fields: z.strictObject({ permissions: z.string().max(20).default('') }),
  act: (user, { permissions }, { session, locale }) =>
    agreePermissions(user, { sessionId: session, permissions, locale }),
})
