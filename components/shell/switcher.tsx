import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Menu, MenuLink, MenuTitle } from '../ui/menu.tsx'
import { Avatar, Tile } from '../ui/tile.tsx'

export type Place = { name: string; monogram: string; href: string; current?: boolean | undefined }

export type Places = {
  title: string
  items: readonly Place[]
  /** Where all of them are, when these are not all. */
  all?: { href: string; label: string } | undefined
}

/** Whether there is anywhere else to go. */
export const isChoice = ({ items }: Places): boolean => items.some(place => !place.current)

export type Workspace = { name: string; sub: string; monogram: string; ink?: boolean | undefined }

export type Person = {
  name: string
  role: string
  initials: string
  links: readonly { href: string; label: string }[]
  /** A form with one `MenuButton`. */
  signOut: ReactNode
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

/** The workspaces to switch to, as lines of a menu. */
export function PlaceLinks({ places }: { places: Places }) {
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
      {places.all && (
        <MenuLink href={places.all.href} icon="search">
          {places.all.label}
        </MenuLink>
      )}
    </>
  )
}

/** The workspace one is in; with others to go to, a menu. */
export function WorkspaceSwitcher({ workspace, places }: { workspace: Workspace; places: Places }) {
  const shown = (
    <>
      <Tile size="sm" monogram={workspace.monogram} look={workspace.ink ? 'ink' : 'plain'} />
      <TwoLines name={workspace.name} sub={workspace.sub} />
    </>
  )
  if (!isChoice(places)) return <div className="flex items-center gap-2.5 px-2 py-[7px]">{shown}</div>
  const summary = (
    <>
      {shown}
      <Icon name="chevrons-up-down" size={14} />
    </>
  )
  return (
    <Menu summary={summary} summaryClass={switcherClass}>
      <PlaceLinks places={places} />
    </Menu>
  )
}

/** What a person may do about herself, as lines of a menu. */
export function PersonLinks({ person }: { person: Person }) {
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

/** Who is signed in, and her menu. */
export function PersonMenu({ person }: { person: Person }) {
  const summary = (
    <>
      <Avatar initials={person.initials} />
      <TwoLines name={person.name} sub={person.role} />
    </>
  )
  return (
    <Menu summary={summary} summaryClass={switcherClass} place="above">
      <PersonLinks person={person} />
    </Menu>
  )
}
