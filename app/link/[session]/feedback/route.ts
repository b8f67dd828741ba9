import { z } from 'zod'
import { giveFeedback } from '#lib/feedback/give.ts'
import { stepForm } from '../../step-form.ts'

const screen = z.string().regex(/^(done|check|enter|enter\/[a-z_]{1,40})$/)

/** Did the guide help, does it look different, did connecting go well: kept for the partner, and thanked for on the same screen. */
export const { GET, POST } = stepForm({
  screen: 'ats',
  fields: z.strictObject({
    screen,
    kind: z.enum(['guide_answered', 'guide_differs', 'went_well']),
    anchor: z.string().max(100).default(''),
    yes: z.enum(['yes', 'no']).optional(),
    words: z.string().max(4000).default(''),
  }),
  act: async (user, { screen, kind, anchor, yes, words }, { session }) => {
    await giveFeedback(user, { sessionId: session, kind, anchor, words, ...(yes ? { yes } : {}) })
    return `${screen}?thanks=${kind}`
  },
})
