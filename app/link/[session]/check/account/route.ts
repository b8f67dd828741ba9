import { z } from 'zod'
import { useAccount } from '#lib/link-sessions/use-account.ts'
import { stepForm } from '../../../step-form.ts'

/** The account that the key opens is the one that was meant. */
export const { GET, POST } = stepForm({
  screen: 'check',
  fields: z.strictObject({}),
  act: (user, _typed, { session }) => useAccount(user, { sessionId: session }),
})
