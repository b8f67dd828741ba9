import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Brand, Mark } from '../ui/mark.tsx'
import { Menu, MenuTitle } from '../ui/menu.tsx'
import { PageManners } from '../ui/page-manners.tsx'
import { SkipLink } from '../ui/skip-link.tsx'
import { type NavGroup, SideNav } from './side-nav.tsx'
import {
  isChoice,
  type Person,
  PersonLinks,
  PersonMenu,
  PlaceLinks,
  type Places,
  type Workspace,
  WorkspaceSwitcher,
} from './switcher.tsx'

export type AppFrame = {
  /** "Skip to the content" */
  skip: string
  brand: { name: string; href: string; version?: string | undefined }
  workspace: Workspace
  /** The workspaces that the person may switch to; with none but this one there is no switcher. */
  places: Places
  nav: { label: string; groups: readonly NavGroup[] }
  person: Person
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

function Side({ frame }: { frame: AppFrame }) {
  const { brand } = frame
  return (
    <header className="sticky top-0 z-20 flex h-dvh flex-col gap-4.5 px-3 py-3.5 max-wide:hidden">
      <WorkspaceSwitcher workspace={frame.workspace} places={frame.places} />
      <div className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 py-0.5">
        <SideNav {...frame.nav} />
      </div>
      <div className="grid gap-2.5">
        <PersonMenu person={frame.person} />
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
        {isChoice(frame.places) && <PlaceLinks places={frame.places} />}
        <MenuTitle>{frame.person.name}</MenuTitle>
        <PersonLinks person={frame.person} />
      </Menu>
    </header>
  )
}

/** The app: side (a bar with a menu under 1080 px), main, and Support at the end of each page, below on the right. */
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
          <footer className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 px-8 pt-8 pb-4 text-sm text-faint max-mid:px-4">
            <p>{frame.affiliation}</p>
            {frame.support}
          </footer>
        </div>
      </div>
    </>
  )
}
