import { z } from 'zod'
import { useConnection } from '#lib/link-sessions/use-connection.ts'
import { stepForm } from '../../../step-form.ts'

/** The account is connected already: that connection is used, and the key that was pasted goes. */
export const { GET, POST } = stepForm({
  screen: 'check',
  fields: z.strictObject({ connection: z.uuid() }),
  act: (user, { connection }, { session }) =>
    useConnection(user, { sessionId: session, connectionId: connection, from: 'check' }),
})
