import { MailStateBadge } from '#components/mails/mail-state.tsx'
import { Columns, Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyText } from '#components/ui/code.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { readMail } from '#lib/mail/read.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { MailDetail, Say } from '#lib/views.ts'
import { type AtPartner, enterPartnerPage } from '../../../web/here.ts'
import { orNotFound } from '../../../web/or-not-found.ts'
import { signInAgainPath } from '../../../web/own-path.ts'
import { PartnerFrame } from '../../../web/partner-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'
import { NotForThem } from '../not-for-them.tsx'

type Props = { params: Promise<{ mail: string }> }

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.mails'))
}

/** One mail, as whoever got it reads it: its words, where it is, and what became of its one-time address. */
export default async function MailPage({ params }: Props) {
  const at = await enterPartnerPage()
  const { mail: id } = await params
  return (
    <PartnerFrame at={at} place="mails">
      <Page>
        {partnerCan(at.actor.role, 'read_mail') ? await theMail(at, id) : <NotForThem say={at.say} />}
      </Page>
    </PartnerFrame>
  )
}

async function theMail({ say, actor }: AtPartner, id: string) {
  const mail = await orNotFound(() => readMail(actor, id))
  const base = '/partner/mails'
  return (
    <>
      <Crumbs
        label={say('app.breadcrumb')}
        items={[{ label: say('partner.mails'), href: base }, { label: mail.subject }]}
      />
      <PageHead
        title={<bdi>{mail.subject}</bdi>}
        badges={<MailStateBadge say={say} mail={mail} />}
        actions={mail.maySend && <SendAgain say={say} base={base} mail={mail} />}
      />
      <Problem say={say} mail={mail} />
      <LinkWords say={say} mail={mail} base={base} />
      <Columns main={<Text say={say} mail={mail} />} aside={<About say={say} mail={mail} base={base} />} />
    </>
  )
}

type Shown = { say: Say; mail: MailDetail }

function SendAgain({ say, mail, base }: Shown & { base: string }) {
  return (
    <form method="post" action={`${base}/${mail.id}/send`}>
      <SubmitButton icon="send" busy={say('mails.sending')}>
        {say(mail.state === 'kept' ? 'mails.send_now' : 'mails.send_again')}
      </SubmitButton>
    </form>
  )
}

function Problem({ say, mail }: Shown) {
  if (!mail.problem) return null
  const known = `mails.problems.${mail.problem}`
  return (
    <Callout
      tone={mail.state === 'failed' ? 'bad' : 'warn'}
      title={say(mail.state === 'failed' ? 'mails.states.failed' : 'mails.retried')}
    >
      {say(say.has(known) ? known : 'mails.problems.odd')}
    </Callout>
  )
}

function LinkWords({ say, mail, base }: Shown & { base: string }) {
  if (mail.link === 'none') return null
  const until = mail.linkExpiresAt ? say.dateTime(mail.linkExpiresAt) : ''
  const words = say(`mails.link.${mail.link}`, { until, name: mail.toName || mail.toAddress })
  const action = mail.link === 'locked' && (
    <ButtonLink href={signInAgainPath(`${base}/${mail.id}`)}>{say('mails.link.unlock')}</ButtonLink>
  )
  return (
    <Callout tone={mail.link === 'shown' ? 'warn' : 'plain'} action={action}>
      {words}
    </Callout>
  )
}

function Text({ say, mail }: Shown) {
  return (
    <Card>
      <CopyText
        id="text"
        label={say('mails.text_label')}
        text={mail.text}
        rows={mail.text.split('\n').length + 4}
        word={say('mails.copy')}
        done={say('mails.copied')}
        copy={{ label: say('mails.copy_what'), copied: say('mails.copied') }}
      />
    </Card>
  )
}

function About({ say, mail, base }: Shown & { base: string }) {
  const when = (term: string, at: Date | null) => (at ? [{ term, value: say.dateTime(at) }] : [])
  return (
    <Card>
      <Facts
        single
        items={[
          { term: say('mails.to'), value: mail.toName || mail.toAddress, sub: mail.toName && mail.toAddress },
          ...when(say('mails.written'), mail.createdAt),
          ...when(say('mails.sent'), mail.sentAt),
          ...when(say('mails.last_try'), mail.sentAt ? null : mail.triedAt),
          { term: say('mails.tries'), value: say.number(mail.attempts) },
        ]}
      />
      <div>
        <ButtonLink size="sm" icon="download" href={`${base}/${mail.id}/file`} data-download="">
          {say('mails.file')}
        </ButtonLink>
        <p className="mt-1.5 text-sm text-faint">{say('mails.file_hint')}</p>
      </div>
    </Card>
  )
}
