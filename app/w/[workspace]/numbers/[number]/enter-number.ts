import { notFound } from 'next/navigation'
import { cache } from 'react'
import { can } from '#lib/members/roles.ts'
import { readNumber } from '#lib/numbers/read.ts'
import { enterPage } from '../../../../web/here.ts'
import { orNotFound } from '../../../../web/or-not-found.ts'

/** For the page of a number: who asks and the number, read once a request; a 404 for whoever may not change it. */
export const enterNumber = cache(async (slug: string, id: string) => {
  const here = await enterPage(slug)
  if (!can(here.actor.role, 'manage_integrations')) notFound()
  const number = await orNotFound(() => readNumber(here.actor, id))
  return { here, number, base: `/w/${here.workspace.slug}/numbers` }
})
