import { Support } from '#components/ui/support.tsx'
import { browserOf } from '#lib/audit/browser.ts'
import { supportContacts } from '#lib/partners/support.ts'
import type { Say } from '#lib/views.ts'

/** Bottom right of every screen: how to reach a person. */
export function SupportWords({ say }: { say: Say }) {
  const contacts = supportContacts().map(contact => ({
    label: contact.text,
    href: 'href' in contact ? contact.href : undefined,
  }))
  const nobody = [{ label: say('app.support_none') }]
  return <Support title={say('app.support')} contacts={contacts.length > 0 ? contacts : nobody} />
}

/** The title of a page, as a browser's tab shows it. */
export const pageTitle = (say: Say, page: string) => ({ title: say('app.title', { page }) })

/** Two letters for a person, one for a company; an emoji is one letter. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/u).filter(word => /[\p{L}\p{N}]/u.test(word))
  return [words.at(0), words.length > 1 ? words.at(1) : undefined]
    .map(word => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

export const monogramOf = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '?'

/** A browser as people call it, or its own words where nobody knows it. */
export const browserWords =
  (say: Say) =>
  (userAgent: string): string => {
    const known = browserOf(userAgent)
    return known ? say('audit.browser_on', known) : userAgent.slice(0, 60)
  }

/** An ATS by its own name, which its messages hold below its connector's id. */
export const atsName = (say: Say, connector: string): string => {
  const key = `${connector}.name`
  return say.has(key) ? say(key) : connector
}
