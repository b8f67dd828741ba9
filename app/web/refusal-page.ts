import type { GangwayError } from '#lib/errors.ts'
import type { Say } from '#lib/intl.ts'
import { supportContacts } from '#lib/partners/support.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, character => escapes[character] ?? '')

/**
 * The small page of a refusal: a status of a route handler (a page could only say 200 or 404), the sentence, and a way on.
 * Works without scripts and without a style of its own.
 */
export function refusalPage(say: Say, error: GangwayError): Response {
  const wait = error.retryAfterSeconds
  const lead = wait ? say('refused.wait', { minutes: Math.ceil(wait / 60), seconds: wait }) : ''
  const html = `<!doctype html>
<html lang="${say.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escaped(say('app.name'))}</title><link rel="stylesheet" href="/plain.css"></head>
<body><main><h1>${escaped(say(`refused.title.${error.code}`))}</h1><p>${escaped(say.said(error.said))}</p>${lead && `<p>${escaped(lead)}</p>`}
<p><a href="/">${escaped(say('refused.home'))}</a></p>
<footer><b>${escaped(say('app.support'))}</b> ${support(say)}</footer></main></body></html>`
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  if (wait) headers.set('retry-after', String(wait))
  return new Response(html, { status: error.status, headers })
}

function support(say: Say): string {
  const contacts = supportContacts()
  if (contacts.length === 0) return escaped(say('app.support_none'))
  return contacts
    .map(contact => {
      const text = escaped(contact.text)
      return 'href' in contact ? `<a href="${escaped(contact.href)}">${text}</a>` : text
    })
    .join(' ')
}
