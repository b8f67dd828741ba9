import { redirect } from 'next/navigation'
import { PublicShell } from '#components/shell/public-shell.tsx'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import { SignOutForm } from './web/frame.tsx'
import { partnerOrNot, personOfPage } from './web/here.ts'
import { publicFrame } from './web/public-frame.tsx'

/** Leads to the workspace used last; whoever is in none but in the partner, to its customers. */
export default async function Home() {
  const { actor, say } = await personOfPage()
  const [last] = await workspacesOf(actor)
  if (last) redirect(`/w/${last.slug}/positions`)
  if (await partnerOrNot()) redirect('/partner/customers')
  return (
    <PublicShell
      {...publicFrame(say)}
      title={say('nowhere.title')}
      lead={say('nowhere.lead', { email: actor.email })}
    >
      <SignOutForm say={say} />
    </PublicShell>
  )
}
