import type { Say } from '#lib/intl.ts'
import type { MailContent } from './kinds.ts'

type Values = Record<string, string | number>
export type MailFact = { term: string; value: string }

/** What a kind's sentences are filled with, and its facts; `path` where its button leads without a one-time address. */
type Filled = { values: Values; facts: readonly MailFact[]; path?: string; until?: string }

/** Fills a mail's sentences in the language and zone of whoever gets it. */
export function fill(say: Say, content: MailContent, partner: string): Filled {
  const fact = (name: string, value: string) => ({ term: say(`mail.facts.${name}`), value })
  const { kind, data } = content
  if (kind === 'invitation') {
    const until = say.dateTime(new Date(data.until))
    const facts = [
      fact('workspace', data.workspace),
      fact('role', say(`roles.${data.role}`)),
      fact('until', until),
    ]
    return { values: { ...data, until }, facts, until }
  }
  if (kind === 'password_reset') {
    const until = say.dateTime(new Date(data.until))
    return { values: { partner, until }, facts: [fact('until', until)], until }
  }
  if (kind === 'password_changed') {
    const at = say.dateTime(new Date(data.at))
    return { values: { partner, at }, facts: [fact('changed', at)], path: '/sign-in' }
  }
  const { account, connection, workspace, path } = data
  const known = `${data.connector}.name`
  const values = { connection, workspace, ats: say.has(known) ? say(known) : data.connector }
  const about = [
    fact('connection', connection),
    fact('account', data.environment === 'sandbox' ? say('mail.test_data', { account }) : account),
  ]
  if (kind === 'key_expires') {
    const day = say.day(data.expiresOn)
    return { values: { ...values, left: data.left, day }, facts: [...about, fact('last_day', day)], path }
  }
  const since = say.dateTime(new Date(data.since))
  const facts = [...about, fact('since', since), fact('lost', say('mail.facts.nothing'))]
  return { values: { ...values, since }, facts, path }
}
