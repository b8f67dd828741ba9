import { z } from 'zod'
import { startAgain } from '#lib/link-sessions/start-again.ts'
import { stepForm } from '../../step-form.ts'

export const { GET, POST } = stepForm({
  screen: 'ats',
  fields: z.strictObject({}),
  act: async (user, _typed, { session }) => {
    const { id, step } = await startAgain(user, { sessionId: session })
    return `/link/${id}/${step}`
  },
})
