import { z } from 'zod'
import { findNumbers, submitNumbers } from '#lib/link-sessions/choose-numbers.ts'
import { isBoxName } from '#lib/numbers/ticks.ts'
import { stepForm } from '../../../step-form.ts'

const others = new Set(['q', 'known', 'whole', 'act'])

/** **Submit**, or **Find**, which shows the screen again with its ticks. */
export const { GET, POST } = stepForm({
  screen: 'numbers',
  fields: z.record(
    z.string().refine(name => isBoxName(name) || others.has(name)),
    z.string().max(200),
  ),
  act: (user, fields, { session }) => {
    const input = { sessionId: session, fields }
    return fields.act === 'find' ? findNumbers(user, input) : submitNumbers(user, input)
  },
})
