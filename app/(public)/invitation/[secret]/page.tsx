import { cache, type ReactNode } from 'react'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { type Invitation, isInvited, readInvitation } from '#lib/members/read-invitation.ts'
import type { Say } from '#lib/views.ts'
import { formView, type Search } from '../../../web/form-view.ts'
import { sayOfPage, visitorOfPage } from '../../../web/here.ts'
import { publicFrame } from '../../../web/public-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'
import { EnterForm, JoinForm, NewAccountForm, OtherPerson, wordsOf } from './ways-in.tsx'

/** Asked once a request, for the title and for the page. */
const invitationOf = cache(readInvitation)

type Props = { params: Promise<{ secret: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const [say, invitation] = await Promise.all([sayOfPage(), invitationOf((await params).secret)])
  return pageTitle(say, titleOf(say, invitation))
}

/** Who asks, where to and as what; and the way in that fits whoever opens it. Looking does not use the address up. */
export default async function InvitationPage({ params, searchParams }: Props) {
  const { secret } = await params
  const person = await visitorOfPage()
  const [say, invitation] = await Promise.all([sayOfPage(person), invitationOf(secret)])
  if (!invitation)
    return (
      <Shell say={say} title={titleOf(say, undefined)} lead={say('invitation.gone')}>
        <ButtonLink size="lg" href="/sign-in">
          {say('invitation.to_sign_in')}
        </ButtonLink>
      </Shell>
    )
  const base = `/invitation/${secret}`
  const form = await formView(say, 'invitation', searchParams, person?.actor)
  const way = { say, base, invitation, form }
  return (
    <Shell say={say} title={titleOf(say, invitation)} lead={leadOf(say, invitation)}>
      {!person && (invitation.hasAccount ? <EnterForm {...way} /> : <NewAccountForm {...way} />)}
      {person && isInvited(invitation, person.actor) && <JoinForm {...way} email={person.actor.email} />}
      {person && !isInvited(invitation, person.actor) && <OtherPerson {...way} email={person.actor.email} />}
      <p className="text-sm text-faint">
        {say('invitation.until', { until: say.dateTime(invitation.expiresAt) })}
      </p>
    </Shell>
  )
}

function Shell(props: { say: Say; title: string; lead: string; children: ReactNode }) {
  return (
    <PublicShell {...publicFrame(props.say)} title={props.title} lead={props.lead}>
      {props.children}
    </PublicShell>
  )
}

const titleOf = (say: Say, invitation: Invitation | undefined): string =>
  invitation ? say(`${wordsOf(invitation)}.title`, namesOf(invitation)) : say('invitation.gone_title')

function leadOf(say: Say, invitation: Invitation): string {
  const { inviter, role } = invitation
  const words = { ...namesOf(invitation), role: say(`roles.${role}`) }
  return say(`${wordsOf(invitation)}.lead`, { ...words, inviter: inviter ?? '' })
}

const namesOf = ({ workspace, partner }: Invitation) => ({ workspace: workspace.name, partner: partner.name })
