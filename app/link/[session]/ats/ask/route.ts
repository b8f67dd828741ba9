import { z } from 'zod'
import { askForAts } from '#lib/feedback/give.ts'
import { stepForm } from '../../../step-form.ts'

/** An ATS that is not here is asked for. */
export const { GET, POST } = stepForm({
  screen: 'ats',
  fields: z.strictObject({ name: z.string().trim().min(1).max(80) }),
  act: async (user, { name }, { session }) => {
    await askForAts(user, { sessionId: session, name })
    return `ats?asked=${encodeURIComponent(name)}`
  },
})
