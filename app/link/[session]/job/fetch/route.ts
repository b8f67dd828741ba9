import { z } from 'zod'
import { fetchJobsAgain } from '#lib/jobs/fetch-again.ts'
import { stepForm } from '../../../step-form.ts'

/** The account's jobs are looked up once more. */
export const { GET, POST } = stepForm({
  screen: 'job',
  fields: z.strictObject({}),
  act: (user, _typed, { session }) => fetchJobsAgain(user, { sessionId: session }),
})
