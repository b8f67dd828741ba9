import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import { MenuButton } from '#components/ui/menu.tsx'
import type { Say } from '#lib/views.ts'
import type { Here } from './here.ts'
import { placesFor } from './places.ts'
import { initialsOf, monogramOf, SupportWords } from './words.tsx'

/** Which place of the menu a page belongs to. */
export type MenuPlace = 'positions' | 'notices' | 'integrations' | 'numbers' | 'roles' | 'audit' | 'account'

/** Ends the session; works without scripts. */
export function SignOutForm({ say }: { say: Say }) {
  return (
    <form method="post" action="/sign-out">
      <MenuButton icon="log-out">{say('app.sign_out')}</MenuButton>
    </form>
  )
}

const navOf = (say: Say, base: string, place: MenuPlace, waiting: number) => ({
  label: say('app.main_menu'),
  groups: [
    {
      items: [
        {
          href: `${base}/positions`,
          label: say('app.positions'),
          icon: 'briefcase' as const,
          current: place === 'positions',
        },
        {
          href: `${base}/notices`,
          label: say('notices.menu'),
          icon: 'bell' as const,
          current: place === 'notices',
          ...(waiting > 0 && {
            count: { shown: say.number(waiting), spoken: say('notices.waiting', { count: waiting }) },
          }),
        },
      ],
    },
    {
      title: say('app.account_group'),
      items: [
        {
          href: `${base}/integrations`,
          label: say('app.integrations'),
          icon: 'plug' as const,
          current: place === 'integrations',
        },
        {
          href: `${base}/numbers`,
          label: say('app.numbers'),
          icon: 'phone' as const,
          current: place === 'numbers',
        },
        {
          href: `${base}/settings`,
          label: say('app.roles'),
          icon: 'users' as const,
          current: place === 'roles',
        },
        {
          href: `${base}/settings/audit`,
          label: say('app.audit'),
          icon: 'list' as const,
          current: place === 'audit',
        },
      ],
    },
  ],
})

/** The app around a page of a workspace: menu, switcher, person, Support. Asks for the workspaces to switch to. */
export async function Frame(props: {
  here: Here
  place: MenuPlace
  /** `SandboxRibbon`, on pages about a sandbox connection. */
  ribbon?: ReactNode
  children: ReactNode
}) {
  const { actor, workspace, partnerRole, notices, say } = props.here
  const places = await placesFor(actor, say, workspace.id)
  return (
    <AppShell
      skip={say('app.skip')}
      brand={{ name: say('app.name'), href: '/' }}
      workspace={{
        name: workspace.name,
        sub: say('app.workspace_of', { partner: workspace.partnerName }),
        monogram: monogramOf(workspace.name),
      }}
      places={places}
      nav={navOf(say, `/w/${workspace.slug}`, props.place, notices)}
      person={{
        name: actor.name,
        role: say(`roles.${actor.role}`),
        initials: initialsOf(actor.name),
        links: [
          { href: '/account', label: say('app.my_account') },
          ...(partnerRole ? [{ href: '/partner/customers', label: say('app.partner_console') }] : []),
        ],
        signOut: <SignOutForm say={say} />,
      }}
      menu={say('app.menu')}
      support={<SupportWords say={say} />}
      affiliation={say('app.affiliation')}
      ribbon={props.ribbon}
    >
      {props.children}
    </AppShell>
  )
}
