import { z } from 'zod'
import { pickAts } from '#lib/link-sessions/pick-ats.ts'
import { stepForm } from '../../../step-form.ts'

/** One of the ATSs that are here was pressed. */
export const { GET, POST } = stepForm({
  screen: 'ats',
  fields: z.strictObject({ ats: z.string().max(60) }),
  act: (user, { ats }, { session }) => pickAts(user, { sessionId: session, ats }),
})
