import { MailsTable } from '#components/mails/mails-table.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { listMails } from '#lib/mail/list.ts'
import { mailServer } from '#lib/mail/mail-server.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Search } from '../../web/form-view.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { pageTitle } from '../../web/words.tsx'
import { NotForThem } from './not-for-them.tsx'

const base = '/partner/mails'

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.mails'))
}

/** **Sent mail**: every mail to people of the partner and of its customers. Without a mail server they are read here. */
export default async function MailsPage({ searchParams }: { searchParams: Search }) {
  const at = await enterPartnerPage()
  const { after } = await searchParams
  return (
    <PartnerFrame at={at} place="mails">
      <Page>
        {partnerCan(at.actor.role, 'read_mail') ? (
          await theMails(at, typeof after === 'string' ? after : undefined)
        ) : (
          <NotForThem say={at.say} />
        )}
      </Page>
    </PartnerFrame>
  )
}

async function theMails({ say, actor }: AtPartner, from: string | undefined) {
  const { rows, more } = await listMails(actor, from)
  const last = rows.at(-1)
  return (
    <>
      <PageHead
        title={say('partner.mails')}
        lead={mailServer() ? say('mails.lead') : say('mails.lead_kept')}
      />
      {rows.length === 0 ? (
        <Empty icon="mail" title={say('mails.empty_title')} text={say('mails.empty_text')} />
      ) : (
        <div>
          <MailsTable say={say} base={base} rows={rows} />
          <Pager
            label={say('mails.pages')}
            shown={say('mails.shown', { count: rows.length })}
            earlier={{ label: say('mails.first'), href: from && base }}
            next={{ label: say('mails.next'), href: more && last ? `${base}?after=${last.id}` : undefined }}
          />
        </div>
      )}
    </>
  )
}
