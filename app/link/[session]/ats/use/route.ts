import { z } from 'zod'
import { useConnection } from '#lib/link-sessions/use-connection.ts'
import { stepForm } from '../../../step-form.ts'

/** A connection that is there already is used: straight to the job. */
export const { GET, POST } = stepForm({
  screen: 'ats',
  fields: z.strictObject({ connection: z.uuid() }),
  act: (user, { connection }, { session }) =>
    useConnection(user, { sessionId: session, connectionId: connection, from: 'ats' }),
})
