import type { Say } from '#lib/intl.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, character => escapes[character] ?? '')

/**
 * What a browser does back from an ATS: tells the wizard that waits (to its exact origin and by the channel of this origin, without
 * a secret), closes the window once that has answered, and where nobody does goes on in place. Its names are those of
 * `components/wizard/sign-in-window.tsx`.
 */
const script = `(() => {
const link = document.querySelector('a'), session = link.dataset.session
const channel = new BroadcastChannel('gangway-sign-in')
const timer = setTimeout(() => location.replace(link.href), opener || name === 'gangway-sign-in' ? 2500 : 250)
channel.onmessage = ({ data }) => {
  if (data?.taken !== session) return
  clearTimeout(timer)
  document.querySelector('p').textContent = link.dataset.taken
  close()
}
channel.postMessage({ session })
if (opener) opener.postMessage({ session }, location.origin)
})()`

const documentOf = ({
  say,
  title,
  head = '',
  body,
}: {
  say: Say
  title: string
  head?: string
  body: string
}) =>
  `<!doctype html>
<html lang="${say.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escaped(title)}</title>${head}<link rel="stylesheet" href="/plain.css"></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`

type Back = { say: Say; ats: string; session: string; to: string; nonce: string }

/** The clean page behind a callback: ours alone, small, nothing of the answer in it. Works without scripts. */
export function signInBackPage({ say, ats, session, to, nonce }: Back): string {
  const of = 'wizard.sign_in.back'
  const link = `href="${escaped(to)}" data-session="${escaped(session)}" data-taken="${escaped(say(`${of}.taken`))}"`
  return documentOf({
    say,
    title: say(`${of}.title`, { ats }),
    head: `<noscript><meta http-equiv="refresh" content="0; url=${escaped(to)}"></noscript>`,
    body: `<p role="status">${escaped(say(`${of}.lead`))}</p><p><a ${link}>${escaped(say(`${of}.go`))}</a></p>
<script nonce="${escaped(nonce)}">${script}</script>`,
  })
}

/** A callback that is nobody's: the same page whatever is wrong with it, and no link in it to anywhere else. */
export function signInRejectedPage(say: Say): string {
  const of = 'wizard.sign_in.rejected'
  const home = `<p><a href="/">${escaped(say('refused.home'))}</a></p>`
  return documentOf({ say, title: say(`${of}.title`), body: `<p>${escaped(say(`${of}.text`))}</p>${home}` })
}
