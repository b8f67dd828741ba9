import { InvitationDialog } from '#components/people/invitation-dialog.tsx'
import { readInvitedCustomer } from '#lib/customers/open-invitation.ts'
import { GangwayError } from '#lib/errors.ts'
import { isProven } from '#lib/members/recent-proof.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import { formView, type Search } from '../../web/form-view.ts'
import type { AtPartner } from '../../web/here.ts'

/** The question about an invited customer that the page's address asks, over the page. None for what is not hers to change. */
export async function AskAboutCustomer(props: { at: AtPartner; base: string; search: Search }) {
  const { base } = props
  const { say, actor } = props.at
  const { ask, customer } = await props.search
  const act = ask === 'again' || ask === 'withdraw' ? ask : undefined
  if (!act || typeof customer !== 'string' || !partnerCan(actor.role, 'manage_customers')) return null
  const [invited, view, proven] = await Promise.all([
    readInvitedCustomer(actor, customer).catch(goneMeanwhile),
    formView(say, `customer-${act}`, props.search, actor),
    isProven(actor),
  ])
  if (!invited) return null
  return (
    <InvitationDialog
      say={say}
      base={base}
      action={`${base}/${customer}/${act}`}
      withdraws={act === 'withdraw'}
      words={`customers.${act}`}
      values={{ company: invited.company, email: invited.email }}
      asksPassword={!proven}
      value={view.value}
      error={view.error}
    />
  )
}

/** Somebody was faster, or she came back to it: the page alone, as it is now. */
function goneMeanwhile(error: unknown): undefined {
  if (error instanceof GangwayError && (error.code === 'not_found' || error.code === 'conflict')) return
  throw error
}
