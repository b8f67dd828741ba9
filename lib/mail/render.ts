import { env } from '#lib/env.ts'
import { tidyLine } from '#lib/forms/text.ts'
import { createSay, pickLocale } from '#lib/intl.ts'
import { supportContacts } from '#lib/partners/support.ts'
import { contentOf } from './kinds.ts'
import { type MailWords, sheet } from './sheet.ts'
import { fill } from './words.ts'

/** A mail as its row has it, with the name of the partner that sends it. */
export type StoredMail = {
  kind: string
  data: unknown
  toName: string
  locale: string
  timeZone: string
  partner: string
}

/** A mail's subject alone, in the language of whoever gets it; for one that this program does not know, the name of its kind. */
export function subjectOf(mail: StoredMail): string {
  const content = contentOf(mail.kind, mail.data)
  if (!content) return mail.kind
  const say = createSay(pickLocale(mail.locale), mail.timeZone)
  return tidyLine(say(`mail.${content.kind}.subject`, fill(say, content, mail.partner).values))
}

/**
 * A mail as HTML and as text, in the language and zone of whoever gets it. `link` is the path of its one-time address, if it has
 * one and it is to be shown. Addresses are made from `APP_URL` alone.
 */
export function renderMail(
  mail: StoredMail,
  link?: string,
): { subject: string; text: string; html: string; words: MailWords } {
  const words = wordsOf(mail, link)
  return { subject: words.subject, text: asText(words), html: sheet(words), words }
}

function wordsOf(mail: StoredMail, link: string | undefined): MailWords {
  const content = contentOf(mail.kind, mail.data)
  if (!content) throw new Error(`no words for a mail of kind ${mail.kind}`)
  const say = createSay(pickLocale(mail.locale), mail.timeZone)
  const { values, facts, path, until } = fill(say, content, mail.partner)
  const words = (part: string) => say(`mail.${content.kind}.${part}`, values)
  const { host } = new URL(env().APP_URL)
  return {
    lang: say.locale,
    partner: mail.partner,
    subject: tidyLine(words('subject')),
    preheader: words('preheader'),
    heading: words('heading'),
    hello: mail.toName ? say('mail.hello', { name: mail.toName }) : say('mail.hello_nobody'),
    paragraphs: words('text').split('\n\n'),
    facts,
    button: words('button'),
    url: ownUrl(link ?? path),
    note: until ? say('mail.leads_once', { host, until }) : say('mail.leads_to', { host }),
    foot: words('foot'),
    contacts: supportContacts(),
    questions: say('mail.questions'),
    notKept: say('mail.not_kept'),
  }
}

/** An address of ours for a path of ours. */
function ownUrl(path: string | undefined): string | null {
  if (path === undefined) return null
  const url = new URL(path, env().APP_URL)
  if (url.origin !== env().APP_URL) throw new Error('a mail leads to us and nowhere else')
  return url.href
}

function asText(words: MailWords): string {
  const { hello, heading, paragraphs, facts, button, url, notKept, foot, contacts, questions, partner } =
    words
  const asked = contacts.map(({ text }) => text).join(', ')
  const blocks = [
    hello,
    heading,
    ...paragraphs,
    facts.map(({ term, value }) => `${term}: ${value}`).join('\n'),
    `${button}:\n${url ?? notKept}`,
    words.note,
    `-- \n${partner}\n${foot}${asked && ` ${questions} ${asked}`}`,
  ]
  return `${blocks.join('\n\n')}\n`
}
