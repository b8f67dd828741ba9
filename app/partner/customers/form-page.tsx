import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { partnerCan } from '#lib/partners/roles.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'

/** Where the customers are: what their forms go out to and back from. */
export const base = '/partner/customers'

/** A page that is one form about customers, for whoever may manage them; `title` and `lead` are keys of messages. */
export async function customerFormPage(
  { title, lead }: { title: string; lead: string },
  form: (at: AtPartner) => ReactNode,
) {
  const at = await enterPartnerPage()
  const { say, actor } = at
  if (!partnerCan(actor.role, 'manage_customers')) notFound()
  return (
    <PartnerFrame at={at} place="customers">
      <Page>
        <Crumbs
          label={say('app.breadcrumb')}
          items={[{ label: say('partner.customers'), href: base }, { label: say(title) }]}
        />
        <PageHead title={say(title)} lead={say(lead)} />
        {form(at)}
      </Page>
    </PartnerFrame>
  )
}
