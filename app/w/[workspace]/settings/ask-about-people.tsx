import { InvitationDialog } from '#components/people/invitation-dialog.tsx'
import { InviteDialog } from '#components/people/invite-dialog.tsx'
import { LeavingDialog } from '#components/people/leaving-dialog.tsx'
import { RoleDialog } from '#components/people/role-dialog.tsx'
import { GangwayError } from '#lib/errors.ts'
import { readOpenInvitation } from '#lib/members/list-invitations.ts'
import { readPerson } from '#lib/members/list-people.ts'
import { mayManage, rolesToGive } from '#lib/members/may-manage.ts'
import { isProven } from '#lib/members/recent-proof.ts'
import { can } from '#lib/members/roles.ts'
import { formView, type Search } from '../../../web/form-view.ts'
import type { Here } from '../../../web/here.ts'

type Props = { here: Here; base: string; search: Search }

/** The question that the page's address asks, over the page: `ask`, and about whom. None for what is not hers to change. */
export async function AskAboutPeople(props: Props) {
  const { actor } = props.here
  const { ask, member, invitation } = await props.search
  if (ask === 'leave') return askToLeave(props)
  if (!can(actor.role, 'manage_people')) return null
  if (ask === 'invite') {
    const asking = await askingOf(props, 'people-invite')
    return <InviteDialog {...asking} roles={rolesToGive(actor.role)} />
  }
  if ((ask === 'role' || ask === 'remove') && typeof member === 'string') return askAbout(props, ask, member)
  if ((ask === 'again' || ask === 'withdraw') && typeof invitation === 'string')
    return askAboutInvitation(props, ask, invitation)
  return null
}

async function askToLeave(props: Props) {
  const { actor, workspace } = props.here
  const asking = await askingOf(props, 'people-leave')
  return (
    <LeavingDialog {...asking} person={await readPerson(actor, actor.memberId)} leaves={workspace.name} />
  )
}

async function askAbout(props: Props, ask: 'role' | 'remove', id: string) {
  const { actor } = props.here
  const person = await readPerson(actor, id).catch(goneMeanwhile)
  if (!person || !mayManage(actor.role, person.role)) return null
  const asking = await askingOf(props, `people-${ask}`)
  if (ask === 'remove') return <LeavingDialog {...asking} person={person} />
  return <RoleDialog {...asking} person={person} roles={rolesToGive(actor.role)} />
}

async function askAboutInvitation(props: Props, ask: 'again' | 'withdraw', id: string) {
  const { actor } = props.here
  const invitation = await readOpenInvitation(actor, id).catch(goneMeanwhile)
  if (!invitation || !mayManage(actor.role, invitation.role)) return null
  const asking = await askingOf(props, `invitation-${ask}`)
  return (
    <InvitationDialog
      {...asking}
      action={`${props.base}/invitations/${invitation.id}/${ask}`}
      withdraws={ask === 'withdraw'}
      words={`people.${ask === 'again' ? 'send_again' : 'withdraw'}`}
      values={{ email: invitation.email }}
    />
  )
}

/** Somebody was faster, or she came back to it: the page alone, as it is now. */
function goneMeanwhile(error: unknown): undefined {
  if (error instanceof GangwayError && error.code === 'not_found') return undefined
  throw error
}

async function askingOf({ here: { say, actor }, base, search }: Props, form: string) {
  const [view, proven] = await Promise.all([formView(say, form, search, actor), isProven(actor)])
  return { say, base, asksPassword: !proven, value: view.value, error: view.error }
}
