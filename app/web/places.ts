import type { Places } from '#components/shell/switcher.tsx'
import type { UserActor } from '#lib/actors.ts'
import { workspacesOf } from '#lib/members/workspaces-of.ts'
import type { Say } from '#lib/views.ts'
import { monogramOf } from './words.tsx'

/** So many stand in a menu; the others are a search away. */
const mostShown = 12

/** The workspaces that a person may switch to, those used last first; of many the way to all of them. */
export async function placesFor(
  actor: Pick<UserActor, 'userId'>,
  say: Say,
  currentId?: string,
): Promise<Places> {
  const found = await workspacesOf(actor, mostShown + 1)
  return {
    title: say('app.switch'),
    items: found.slice(0, mostShown).map(({ id, slug, name }) => ({
      name,
      monogram: monogramOf(name),
      href: `/w/${slug}/positions`,
      current: id === currentId,
    })),
    ...(found.length > mostShown && {
      all: { href: '/account/workspaces', label: say('account.workspaces.all') },
    }),
  }
}
