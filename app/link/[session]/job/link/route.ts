import { z } from 'zod'
import { linkJob } from '#lib/position-links/link-job.ts'
import { stepForm } from '../../../step-form.ts'

export const { GET, POST } = stepForm({
  screen: 'job',
  fields: z.strictObject({ job: z.string().max(60).default('') }),
  act: (user, { job }, { session }) => linkJob(user, { sessionId: session, jobId: job }),
})
