import { createSay, pickLocale } from '#lib/intl.ts'
import type { readConsent } from './read.ts'

type Kept = Awaited<ReturnType<typeof readConsent>>

/**
 * A consent as a text to keep: who, when (UTC), for which account, which choice, and the very words. In the language in which
 * it was read, whoever takes it away.
 */
export function consentFile({ consent, workspace, accountName }: Kept): { name: string; text: string } {
  const say = createSay(pickLocale(consent.locale), 'UTC')
  const of = 'connections.consent_file'
  const { personName: person, agreedAt, permissions, scopes, wording } = consent
  const lines = [
    say(`${of}.title`),
    '',
    say(`${of}.workspace`, { workspace }),
    say(`${of}.account`, { account: accountName }),
    say(`${of}.person`, { person }),
    say(`${of}.at`, { at: agreedAt.toISOString() }),
    say(`${of}.choice`, { choice: say(`connections.permissions.${permissions}`) }),
    say(`${of}.scopes`, { scopes: scopes.join(', ') }),
    '',
    say(`${of}.wording`),
    '',
    wording.title,
    ...wording.groups.flatMap(group => ['', group.title, ...group.rows.map(rowOf)]),
  ]
  const name = say(`${of}.name`, { date: agreedAt.toISOString().slice(0, 10) })
  return { name, text: `${lines.join('\n')}\n` }
}

const rowOf = ({ what, why, scope }: { what: string; why: string; scope?: string }): string =>
  `- ${what}: ${why}${scope ? ` (${scope})` : ''}`
