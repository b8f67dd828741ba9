import type { Say } from '#lib/intl.ts'
import type { MailContent } from './kinds.ts'

type Values = Record<string, string | number>
export type MailFact = { term: string; value: string }

/** What a kind's sentences are filled with, and its facts; `path` where its button leads without a one-time address. */
type Filled = { values: Values; facts: readonly MailFact[]; path?: string; until?: string }

type OfApp = Extract<MailContent, { kind: `app_${string}` }>

/** Fills a mail's sentences in the language and zone of whoever gets it. */
export function fill(say: Say, content: MailContent, partner: string): Filled {
  if (isOfApp(content)) return fillOfApp(say, content)
  const fact = factOf(say)
  const { kind, data } = content
  if (kind === 'invitation' || kind === 'customer_invitation') {
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
  const { connection, workspace, path } = data
  const values = { connection, workspace, ats: atsOf(say, data) }
  const about = [fact('connection', connection), fact('account', named(say, data.account, data))]
  if (kind === 'key_expires') {
    const day = say.day(data.expiresOn)
    return { values: { ...values, left: data.left, day }, facts: [...about, fact('last_day', day)], path }
  }
  const since = say.dateTime(new Date(data.since))
  const facts = [...about, fact('since', since), fact('lost', say('mail.facts.nothing'))]
  return { values: { ...values, way: data.way, since }, facts, path }
}

const isOfApp = (content: MailContent): content is OfApp => content.kind.startsWith('app_')

/** What concerns the partner's OAuth app, and every customer who signs in with it. */
function fillOfApp(say: Say, { kind, data }: OfApp): Filled {
  const fact = factOf(say)
  const ats = atsOf(say, data)
  const app = fact('app', named(say, ats, data))
  const lost = fact('lost', say('mail.facts.nothing'))
  const moment = say.dateTime(new Date('since' in data ? data.since : data.at))
  const when = fact(kind === 'app_works' ? 'again' : 'since', moment)
  const values = { ats, moment, source: 'source' in data ? data.source : 'console' }
  return { values, facts: [app, when, lost], path: data.path }
}

const factOf =
  (say: Say) =>
  (name: string, value: string): MailFact => ({ term: say(`mail.facts.${name}`), value })

const atsOf = (say: Say, { connector }: { connector: string }): string =>
  say.has(`${connector}.name`) ? say(`${connector}.name`) : connector

/** Test data is called that. */
const named = (say: Say, account: string, { environment }: { environment: string }): string =>
  environment === 'sandbox' ? say('mail.test_data', { account }) : account
