import { z } from 'zod'
import { chooseWay } from '#lib/link-sessions/choose.ts'
import { stepForm } from '../../../step-form.ts'

export const { GET, POST } = stepForm({
  screen: 'how',
  fields: z.strictObject({ way: z.string().max(20) }),
  act: (user, { way }, { session }) => chooseWay(user, { sessionId: session, way }),
})
