import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Brand, Mark } from '../ui/mark.tsx'
import { Menu, MenuLink, MenuTitle } from '../ui/menu.tsx'
import { PageManners } from '../ui/page-manners.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { Avatar, Tile } from '../ui/tile.tsx'
import { type NavGroup, SideNav } from './side-nav.tsx'

export type Place = { name: string; monogram: string; href: string; current?: boolean | undefined }

export type AppFrame = {
  /** "Skip to the content" */
  skip: string
  brand: { name: string; href: string; version?: string | undefined }
  workspace: { name: string; sub: string; monogram: string; ink?: boolean | undefined }
  /** The workspaces that the person may switch to; with fewer than two there is no switcher. */
  places: { title: string; items: readonly Place[] }
  nav: { label: string; groups: readonly NavGroup[] }
  person: {
    name: string
    role: string
    initials: string
    links: readonly { href: string; label: string }[]
    /** A form with one `MenuButton`. */
    signOut: ReactNode
  }
  /** Name of the button that opens the menu on a small screen. */
  menu: string
  /** `Support` */
  support: ReactNode
  /** "not affiliated with …", said once, in the foot. */
  affiliation: ReactNode
  /** `SandboxRibbon`, on pages about a sandbox connection. */
  ribbon?: ReactNode
  children: ReactNode
}

const switcherClass =
  'flex w-full items-center gap-2.5 rounded-md px-2 py-[7px] text-start hover:bg-hover group-open/menu:bg-hover'

function TwoLines({ name, sub }: { name: string; sub: string }) {
  return (
    <span className="min-w-0 flex-1">
      <b className="block leading-4.5 wrap-anywhere">{name}</b>
      <span className="block text-xs text-faint">{sub}</span>
    </span>
  )
}

function Places({ places }: { places: AppFrame['places'] }) {
  return (
    <>
      <MenuTitle>{places.title}</MenuTitle>
      {places.items.map(place => (
        <MenuLink
          key={place.href}
          href={place.href}
          current={place.current}
          end={place.current && <Icon name="check" />}
        >
          <span className="flex items-center gap-2.5">
            <Tile size="xs" monogram={place.monogram} />
            <span className="min-w-0 wrap-anywhere">{place.name}</span>
          </span>
        </MenuLink>
      ))}
    </>
  )
}

function Workspace({ workspace, places }: Pick<AppFrame, 'workspace' | 'places'>) {
  const shown = (
    <>
      <Tile size="sm" monogram={workspace.monogram} look={workspace.ink ? 'ink' : 'plain'} />
      <TwoLines name={workspace.name} sub={workspace.sub} />
    </>
  )
  if (places.items.length < 2) return <div className="flex items-center gap-2.5 px-2 py-[7px]">{shown}</div>
  const summary = (
    <>
      {shown}
      <Icon name="chevrons-up-down" size={14} />
    </>
  )
  return (
    <Menu summary={summary} summaryClass={switcherClass}>
      <Places places={places} />
    </Menu>
  )
}

function PersonLinks({ person }: Pick<AppFrame, 'person'>) {
  return (
    <>
      {person.links.map(link => (
        <MenuLink key={link.href} href={link.href} icon="user">
          {link.label}
        </MenuLink>
      ))}
      {person.signOut}
    </>
  )
}

function Side({ frame }: { frame: AppFrame }) {
  const { person, brand } = frame
  const summary = (
    <>
      <Avatar initials={person.initials} />
      <TwoLines name={person.name} sub={person.role} />
    </>
  )
  return (
    <header className="sticky top-0 flex h-dvh flex-col gap-4.5 overflow-y-auto px-3 py-3.5 max-wide:hidden">
      <Workspace workspace={frame.workspace} places={frame.places} />
      <SideNav {...frame.nav} />
      <div className="mt-auto grid gap-2.5">
        <Menu summary={summary} summaryClass={switcherClass} place="above">
          <PersonLinks person={person} />
        </Menu>
        <a
          href={brand.href}
          className="flex items-center gap-2 rounded-md px-2 text-xs text-faint no-underline hover:text-ink"
        >
          <Mark size="sm" />
          {brand.name} {brand.version}
        </a>
      </div>
    </header>
  )
}

function TopBar({ frame }: { frame: AppFrame }) {
  const summaryClass =
    'grid size-11 place-content-center rounded-md border border-rim bg-surface shadow-card hover:bg-hover'
  return (
    <header className="sticky top-0 z-10 flex items-center gap-2.5 border-b border-line bg-canvas px-4 py-[9px] wide:hidden">
      <Brand {...frame.brand} />
      <span className="min-w-0 truncate text-sm text-muted">{frame.workspace.name}</span>
      <Menu
        summary={<Icon name="menu" />}
        summaryClass={summaryClass}
        label={frame.menu}
        place="below-end"
        className="ms-auto"
      >
        <SideNav {...frame.nav} />
        {frame.places.items.length > 1 && <Places places={frame.places} />}
        <MenuTitle>{frame.person.name}</MenuTitle>
        <PersonLinks person={frame.person} />
      </Menu>
    </header>
  )
}

/** The app: side (a bar with a menu under 1080 px), main, and Support in the corner. */
export function AppShell(frame: AppFrame) {
  return (
    <>
      <SkipLink>{frame.skip}</SkipLink>
      <PageManners />
      {frame.ribbon}
      <div className="grid min-h-dvh grid-cols-[244px_minmax(0,1fr)] max-wide:grid-cols-[minmax(0,1fr)] max-wide:grid-rows-[auto_1fr]">
        <TopBar frame={frame} />
        <Side frame={frame} />
        <div className="flex min-w-0 flex-col bg-surface wide:border-s wide:border-line">
          <main id="main" tabIndex={-1} className="flex-[1_0_auto]">
            {frame.children}
          </main>
          <footer className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2 ps-8 text-sm text-faint max-mid:ps-4">
            <p className="pb-3 max-mid:pb-0">{frame.affiliation}</p>
            <div className="pb-4 wide:sticky wide:bottom-0 wide:rounded-ss-lg wide:bg-surface wide:ps-4 wide:pe-8 wide:pt-2 wide:pb-3">
              {frame.support}
            </div>
          </footer>
        </div>
      </div>
    </>
  )
}
