import { env } from '#lib/env.ts'
import type { SupportContact } from '#lib/support-contact.ts'

/** How to reach whoever helps, in the order of `SUPPORT_CONTACT`; empty when nothing is set. */
export const supportContacts = (): readonly SupportContact[] => env().SUPPORT_CONTACT
