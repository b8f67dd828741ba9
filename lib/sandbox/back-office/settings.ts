import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Exchange } from '../exchange.ts'
import { originOf } from '../hosts.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Html, initials, show } from './page.ts'
import { roleNames } from './text.ts'
import { signedIn, type Viewer } from './viewer.ts'

/** Where the tokens are; the deep link of guides. */
export const INTEGRATIONS = '/backend/settings/integrations'

const sections = [
  { id: 'company', path: '/backend/settings', name: 'Company profile' },
  { id: 'members', path: '/backend/settings/members', name: 'Members' },
  { id: 'integrations', path: INTEGRATIONS, name: 'Integrations' },
] as const

type Section = (typeof sections)[number]['id']

/** The settings that everybody sees: the company, with its subdomain, and the members. */
export function settingsPages(app: Hono<{ Bindings: Exchange }>, sandbox: Sandbox): void {
  app.get(
    '/backend/settings',
    signedIn(sandbox, (_, viewer) => companyPage(sandbox, viewer)),
  )
  app.get(
    '/backend/settings/members',
    signedIn(sandbox, (_, viewer) => membersPage(sandbox, viewer)),
  )
}

/** Shows a page of the settings, with their navigation beside it. */
export function showSettings(
  viewer: Viewer,
  section: Section,
  page: { title: string; status?: number; body: Html; script?: string },
): Promise<Response> {
  const { notice } = viewer.session
  viewer.session.notice = null
  const link = ({ id, path, name }: (typeof sections)[number]) =>
    html`<li><a href="${path}" ${id === section ? html`aria-current="page"` : ''}>${name}</a></li>`
  return show({
    ...page,
    account: viewer.account,
    member: viewer.member,
    current: 'settings',
    notice,
    body: html`<div class="settings">
      <nav aria-label="Settings">
        <p class="h">Settings</p>
        <ul>
          ${sections.map(link)}
        </ul>
      </nav>
      <div>${page.body}</div>
    </div>`,
  })
}

function companyPage(sandbox: Sandbox, viewer: Viewer): Promise<Response> {
  const { account } = viewer
  const rows = [
    ['Company', account.name],
    ['Subdomain', account.subdomain],
    ['Address', originOf(sandbox.port, account.subdomain)],
    ['Website', account.websiteUrl ?? 'none'],
  ]
  return showSettings(viewer, 'company', {
    title: 'Company profile',
    body: html`<h1>Company profile</h1>
      <dl class="facts">
        ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
      </dl>`,
  })
}

function membersPage(sandbox: Sandbox, viewer: Viewer): Promise<Response> {
  const members = [...sandbox.state.members.values()].filter(member => member.accountId === viewer.account.id)
  return showSettings(viewer, 'members', {
    title: 'Members',
    body: html`<h1>Members</h1>
      <ul class="rows">
        ${members.map(
          member =>
            html`<li>
              <span class="face" aria-hidden="true">${initials(member.name)}</span>
              <div class="grow">
                <b>${member.name}</b>
                <p class="faint">${[member.email, member.headline].filter(Boolean).join(' · ')}</p>
              </div>
              <p class="end">
                <span class="badge${member.role === 'admin' ? ' strong' : ''}">${roleNames[member.role]}</span>
                ${member.active ? '' : html`<span class="badge closed">Inactive</span>`}
              </p>
            </li>`,
        )}
      </ul>`,
  })
}
