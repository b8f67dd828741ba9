import type { ReactNode } from 'react'
import { AppShell } from '#components/shell/app-shell.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import { type PartnerAct, partnerCan } from '#lib/partners/roles.ts'
import { SignOutForm } from './frame.tsx'
import type { AtPartner } from './here.ts'
import { placesFor } from './places.ts'
import { initialsOf, monogramOf, SupportWords } from './words.tsx'

const places = {
  customers: { href: '/partner/customers', icon: 'building', act: 'see_health' },
  oauth_apps: { href: '/partner/oauth-apps', icon: 'plug', act: 'manage_oauth_apps' },
  mails: { href: '/partner/mails', icon: 'mail', act: 'read_mail' },
  keys: { href: '/partner/keys', icon: 'key-round', act: 'see_keys' },
} as const satisfies Record<string, { href: string; icon: IconName; act: PartnerAct }>

/** Which place of the console's menu a page belongs to. */
export type PartnerPlace = keyof typeof places

/** The partner's console around a page: the app's shell, its tile in ink, a menu of its own. */
export async function PartnerFrame(props: { at: AtPartner; place?: PartnerPlace; children: ReactNode }) {
  const { actor, partner, say } = props.at
  const mine = await placesFor(actor, say)
  const shown = Object.entries(places).filter(([, { act }]) => partnerCan(actor.role, act))
  return (
    <AppShell
      skip={say('app.skip')}
      brand={{ name: say('app.name'), href: '/' }}
      workspace={{
        name: partner.name,
        sub: say('partner.console'),
        monogram: monogramOf(partner.name),
        ink: true,
      }}
      places={mine}
      nav={{
        label: say('app.main_menu'),
        groups: [
          {
            items: shown.map(([key, { href, icon }]) => ({
              href,
              icon,
              label: say(`partner.${key}`),
              current: key === props.place,
            })),
          },
        ],
      }}
      person={{
        name: actor.name,
        role: say(`partner.${actor.role}`),
        initials: initialsOf(actor.name),
        links: [{ href: '/account', label: say('app.my_account') }],
        signOut: <SignOutForm say={say} />,
      }}
      menu={say('app.menu')}
      support={<SupportWords say={say} />}
      affiliation={say('app.affiliation')}
    >
      {props.children}
    </AppShell>
  )
}
