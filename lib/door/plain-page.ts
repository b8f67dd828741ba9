import { randomBytes } from 'node:crypto'
import { createSay, pickLocale } from '#lib/intl.ts'

/** A page without the program behind it: for what is turned away, and for when there is nothing to make a page from. */
export type PlainPage = { html: string; headers: Record<string, string> }

/** Loads itself, or another path of ours, after so many seconds; no script needed. */
export type Reload = { after: number; to?: string }

type Wanted = {
  /** A key below `door` in the messages. */
  reason: string
  values?: Record<string, string>
  /** The reader's `Accept-Language`. */
  languages: string
  reload?: Reload
}

export function plainPage({ reason, values, languages, reload }: Wanted): PlainPage {
  const locale = pickLocale(languages)
  const say = createSay(locale, 'UTC')
  const title = escapeHtml(say(`door.${reason}.title`, values))
  const text = escapeHtml(say(`door.${reason}.text`, values))
  const nonce = randomBytes(16).toString('base64')
  const content = reload ? `${reload.after}${reload.to ? `; url=${escapeHtml(reload.to)}` : ''}` : ''
  const refresh = content && `<meta http-equiv="refresh" content="${content}">`
  return {
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${title} · Gangway</title>${refresh}
<meta name="viewport" content="width=device-width"><style nonce="${nonce}">${style}</style></head>
<body><main><p>Gangway</p><h1>${title}</h1><div role="status">${text}</div></main></body></html>\n`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      ...(reload ? { 'retry-after': String(reload.after) } : {}),
    },
  }
}

const style = `:root{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;
font:1rem/1.5 "Segoe UI",system-ui,sans-serif;background:light-dark(oklch(.98 .004 252),oklch(.182 .017 262));
color:light-dark(oklch(.225 .03 262),oklch(.955 .006 255))}main{max-width:30rem;padding:1.5rem}
p{font-weight:600;margin:0;color:light-dark(oklch(.48 .125 248),oklch(.79 .098 242))}h1{font-size:1.375rem;margin:.5rem 0}`

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`)
