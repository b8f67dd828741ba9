import { type Html, html } from './html.ts'
import type { MailFact } from './words.ts'

/** A mail in words, before it is laid out. `url` is where its button leads; null where the one-time address is not to be had. */
export type MailWords = {
  lang: string
  partner: string
  subject: string
  preheader: string
  heading: string
  hello: string
  paragraphs: readonly string[]
  facts: readonly MailFact[]
  button: string
  url: string | null
  note: string
  foot: string
  contacts: readonly { text: string; href?: string }[]
  questions: string
  notKept: string
}

/**
 * The one layout of a mail, for mail programs: tables and inline styles, dark by the reader's own preference, nothing that is
 * fetched from anywhere, nothing that runs. Colours are the design's tokens.
 */
export const sheet = (words: MailWords): string => `<!doctype html>\n${page(words).html}\n`

const page = (words: MailWords): Html => html`<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${words.subject}</title>
<style>${style}</style>
</head>
<body class="bg" style="margin: 0; padding: 0; background: #f6f9fb">
<div style="display: none; max-height: 0; overflow: hidden" aria-hidden="true">${words.preheader}</div>
<div role="main">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="bg" style="background: #f6f9fb"><tr>
<td align="center" class="outer" style="padding: 32px 12px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" class="sheet" style="width: 100%; max-width: 560px; background: #ffffff; border: 1px solid #dce0e6; border-radius: 14px; font-family: ${fonts}">
${head(words)}${body(words)}${facts(words)}${button(words)}${foot(words)}
</table>
</td></tr></table>
</div>
</body>
</html>`

const head = ({ partner }: MailWords): Html => html`<tr>
<td class="pad rule" style="padding: 20px 32px; border-bottom: 1px solid #dce0e6">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="tilebg" width="28" height="28" align="center" aria-hidden="true" style="width: 28px; height: 28px; border-radius: 7px; background: #141c2a; color: #ffffff; font-size: 12px; font-weight: 700">${[...partner.trim()][0]?.toUpperCase() ?? ''}</td>
<td class="ink" style="padding-left: 10px; color: #141c2a; font-size: 15px; font-weight: 600">${partner}</td>
</tr></table>
</td></tr>`

const paragraph = (text: string): Html =>
  html`<p class="muted" style="margin: 0 0 16px; color: #454e5c; font-size: 16px; line-height: 24px">${text}</p>`

const body = ({ heading, hello, paragraphs }: MailWords): Html => html`<tr>
<td class="pad" style="padding: 28px 32px 8px; overflow-wrap: anywhere">
<h1 class="ink" style="margin: 0 0 12px; color: #141c2a; font-size: 24px; line-height: 30px; font-weight: 600; letter-spacing: -0.3px">${heading}</h1>
${[hello, ...paragraphs].map(paragraph)}
</td></tr>`

const facts = (words: MailWords): Html => html`<tr>
<td class="pad" style="padding: 0 32px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="well" style="background: #edf0f4; border-radius: 10px">
${words.facts.map(
  ({ term, value }, at) => html`<tr>
<td class="muted" style="padding: ${space(at, words.facts.length)}; color: #454e5c; font-size: 14px; line-height: 21px; white-space: nowrap; vertical-align: top">${term}</td>
<td class="ink" align="right" style="padding: ${space(at, words.facts.length)}; color: #141c2a; font-size: 14px; line-height: 21px; font-weight: 600; overflow-wrap: anywhere">${value}</td>
</tr>`,
)}
</table>
</td></tr>`

/** The well's first and last row have room to its edges. */
const space = (at: number, count: number): string =>
  `${at === 0 ? 14 : 4}px 18px ${at === count - 1 ? 14 : 4}px`

const buttonStyle =
  'display: inline-block; background: #0c619f; color: #ffffff; font-size: 16px; line-height: 20px; font-weight: 600; text-decoration: none; padding: 13px 24px; border-radius: 8px'

const button = (words: MailWords): Html => html`<tr>
<td class="pad" style="padding: 16px 32px 8px">${
  words.url === null
    ? html`<span class="faint" style="color: #5f6876; font-size: 14px; line-height: 21px">${words.button} ${words.notKept}</span>`
    : html`<a class="btn" href="${words.url}" style="${buttonStyle}">${words.button}</a>`
}</td></tr>
<tr><td class="pad" style="padding: 8px 32px 28px">
<p class="muted" style="margin: 0; color: #454e5c; font-size: 14px; line-height: 21px; overflow-wrap: anywhere">${words.note}</p>
</td></tr>`

const foot = ({ foot: text, questions, contacts }: MailWords): Html => html`<tr>
<td class="pad rule" style="padding: 18px 32px 24px; border-top: 1px solid #dce0e6">
<p class="faint" style="margin: 0; color: #5f6876; font-size: 13px; line-height: 19px">${text}${
  contacts.length > 0 ? html` ${questions} ${contacts.map(contact)}` : ''
}</p>
</td></tr>`

const contact = ({ text, href }: MailWords['contacts'][number], at: number): Html =>
  html`${at === 0 ? '' : ' · '}${href ? html`<a href="${href}" style="color: #054d83">${text}</a>` : text}`

const fonts: Html = {
  html: '&quot;Hanken Grotesk Variable&quot;, &quot;Segoe UI&quot;, system-ui, -apple-system, Roboto, Arial, sans-serif',
}

const dark = Object.entries({
  '.bg': 'background: #0e121a',
  '.sheet': 'background: #151a23 !important; border-color: #2c323c',
  '.ink': 'color: #edf0f4',
  '.muted': 'color: #b5bbc4',
  '.faint': 'color: #959ca6',
  '.rule': 'border-color: #2c323c',
  '.well': 'background: #1e232d',
  a: 'color: #9cd2fb',
  '.btn': 'background: #80c3f4 !important; color: #0c1626',
  '.tilebg': 'background: #edf0f4 !important; color: #0e121a',
}).map(([what, how]) => `${what} { ${how} !important }`)

const style: Html = {
  html: `:root { color-scheme: light dark; supported-color-schemes: light dark }
a { color: #054d83 }
@media (max-width: 620px) {
.sheet { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important }
.pad { padding-left: 20px !important; padding-right: 20px !important }
.outer { padding: 0 !important }
}
@media (prefers-color-scheme: dark) {
${dark.join('\n')}
}`,
}
