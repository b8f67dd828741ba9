import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import { Frame } from '../web/frame.tsx'
import { enterPage, type Person, partnerOrNot } from '../web/here.ts'
import { PartnerFrame } from '../web/partner-frame.tsx'

/** Around what is a person's own: the workspace she used last, or the partner's console where she is in none. */
export async function AccountFrame({ person, children }: { person: Person; children: ReactNode }) {
  const [last] = await workspacesOf(person.actor)
  if (last)
    return (
      <Frame here={await enterPage(last.slug)} place="account">
        {children}
      </Frame>
    )
  const at = await partnerOrNot()
  if (!at) redirect('/')
  return <PartnerFrame at={at}>{children}</PartnerFrame>
}
