import { beginAsCustomer } from '#lib/customers/begin.ts'
import type { Joined } from '#lib/members/accept-invitation.ts'

/** Where somebody goes on who has just accepted: who brings her company aboard in the wizard, at *How*; anybody else at the positions. */
export async function afterJoining({ slug, member, ofCustomer }: Joined): Promise<string> {
  if (!ofCustomer) return `/w/${slug}/positions`
  return `/link/${await beginAsCustomer(member)}/how`
}
