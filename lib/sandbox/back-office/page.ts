import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { html, raw } from 'hono/html'
import type { Account, Member } from '../records.ts'

export type Html = ReturnType<typeof html>

const style = ['base', 'frame', 'parts', 'pages', 'consent', 'narrow']
  .map(name => readFileSync(new URL(`./style/${name}.css`, import.meta.url), 'utf8'))
  .join('\n')
const stylePath = `/assets/sandbox-${createHash('sha256').update(style).digest('hex').slice(0, 12)}.css`

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect x='1' y='1' width='14' height='14' rx='4' fill='%23fff' stroke='%23115e4b' stroke-width='1.6' stroke-dasharray='2.6 1.6'/%3E%3Cpath d='M4 5l2 6 2-4 2 4 2-6' fill='none' stroke='%23115e4b' stroke-width='1.6'/%3E%3C/svg%3E"

/** A page of the sandbox. `script` is put in with the policy's nonce; without it no script runs at all. */
export type Page = {
  title: string
  status?: number
  account?: Account
  member?: Member
  /** Which entry of the main navigation is this. */
  current?: 'jobs' | 'settings'
  notice?: string | null
  body: Html
  script?: string
  /** Other origins that the answer to a form may lead to: browsers hold the policy against the redirect as well. */
  formAction?: readonly string[]
}

/** Renders a page with its own strict policy. Nothing of it is kept by the browser. */
export async function show(page: Page): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  const text = await frame(page, nonce)
  const script = page.script === undefined ? '' : `; script-src 'nonce-${nonce}'`
  return new Response(String(text), {
    status: page.status ?? 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': `default-src 'none'; style-src 'self'; img-src data:${script}; form-action ${["'self'", ...(page.formAction ?? [])].join(' ')}; base-uri 'none'; frame-ancestors 'none'`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

/** The style sheet, at the address that the pages name; null for every other path. */
export function styleSheet(path: string): Response | null {
  if (path !== stylePath) return null
  const headers = {
    'Content-Type': 'text/css; charset=utf-8',
    'Cache-Control': 'public, max-age=31536000, immutable',
  }
  return new Response(style, { headers })
}

function frame(page: Page, nonce: string): Html {
  const { account, member, notice } = page
  const whose = account === undefined ? 'Workable sandbox' : `${account.name}, Workable sandbox`
  const script = page.script === undefined ? '' : html`<script nonce="${nonce}">${raw(page.script)}</script>`
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.title} · ${whose}</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="${stylePath}" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <aside class="ribbon" aria-label="About these pages"><b>Workable sandbox</b>: test data, not Workable. Everybody here is invented.</aside>
        ${account === undefined ? '' : header(account, member, page.current)}
        <main id="content" tabindex="-1">
          ${notice ? html`<p class="notice" role="status">${notice}</p>` : ''} ${page.body}
        </main>
        ${script}
      </body>
    </html>`
}

function header(account: Account, member: Member | undefined, current: Page['current']): Html {
  const here = (name: Page['current']) => (name === current ? raw(' aria-current="page"') : '')
  return html`<header class="top">
    <a class="brand" href="/backend"><span class="tile" aria-hidden="true">${account.name.slice(0, 1)}</span>${account.name}</a>
    ${
      member === undefined
        ? ''
        : html`<nav class="main" aria-label="Main"><a href="/backend/jobs"${here('jobs')}>Jobs</a></nav>
            <details class="profile">
              <summary>
                <span aria-hidden="true">${initials(member.name)}</span
                ><span class="hidden">Profile of ${member.name}</span>
              </summary>
              <div class="menu">
                <p><b>${member.name}</b><span class="mail">${member.email}</span></p>
                <a href="/backend/settings"${here('settings')}>Settings</a>
                <form method="post" action="/backend/sign-out"><button>Sign out</button></form>
              </div>
            </details>`
    }
  </header>`
}

/** `MO` for Mariana Oyelaran-Whitcombe. */
export function initials(name: string): string {
  const words = name.split(/\s+/)
  const last = words.length > 1 ? (words.at(-1) ?? '') : ''
  return `${[...name][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase()
}
