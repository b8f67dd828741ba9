import { z } from 'zod'
import { useListedAccount } from '#lib/link-sessions/use-listed-account.ts'
import { stepForm } from '../../../step-form.ts'

/** **Use this account**: tries it, and connects it where nothing is left to decide. */
export const { GET, POST } = stepForm({
  screen: 'account',
  fields: z.strictObject({ account: z.string().max(200).default('') }),
  act: (user, { account }, { session, locale }) =>
    useListedAccount(user, { sessionId: session, account, locale }),
})
