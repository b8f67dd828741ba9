import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import type { PositionLink, PositionRow } from '#lib/views.ts'
import { linkTrouble } from './link-trouble.ts'
import { PositionsTable } from './positions-table.tsx'

const say = createSay('en', 'UTC')
const position: PositionRow = {
  id: '7f7a1fd0-1f5e-4b5e-9d4e-0c6f0f3f9b11',
  title: 'Baker',
  code: 'B/1',
  department: 'Kitchen',
  place: 'Łódź',
  state: 'open',
  createdAt: new Date(0),
  closedAt: null,
  owner: { id: 'o', name: 'Mariana', gone: false },
  link: undefined,
}
const link = (change: Partial<PositionLink> = {}, job: Partial<PositionLink['job']> = {}): PositionLink => ({
  id: 'l',
  since: new Date(0),
  connectionId: 'c',
  connectionName: 'Workable, Acme',
  connector: 'workable',
  environment: 'live',
  accountName: 'Acme',
  way: 'api_key',
  status: 'active',
  health: 'healthy',
  healthReason: null,
  healthSince: new Date(0),
  refreshProblem: null,
  connectionMadeBy: 'm',
  ...change,
  job: {
    id: 'j',
    remoteRef: 'C40F17E2AA',
    title: 'Baker',
    state: 'published',
    url: null,
    gone: false,
    ...job,
  },
})

const shown = (row: Partial<PositionRow>, mayConnect = true) =>
  renderToStaticMarkup(
    <PositionsTable
      say={say}
      caption="Open positions"
      rows={[{ ...position, ...row }]}
      base="/w/acme/positions"
      here="A"
      there={connector => connector.slice(0, 1).toUpperCase()}
      initials={name => name.slice(0, 1)}
      mayConnect={mayConnect}
      titleSort={{ href: '/w/acme/positions?sort=title' }}
    />,
  )

test('an open position that is not linked has the short button, named for those who only listen', () => {
  const html = shown({})
  expect(html).toContain(`action="/w/acme/positions/${position.id}/connect"`)
  expect(html).toContain('Connect ATS')
  expect(html).toContain('for Baker')
})

test('whoever may not connect, and a closed position, have words instead of a button', () => {
  expect(shown({}, false)).not.toContain('<form')
  expect(shown({ state: 'closed' })).not.toContain('<form')
  expect(shown({}, false)).toContain('Not connected')
})

test.each([
  [link(), 'C40F17E2AA'],
  [link({ status: 'needs_reauth' }), 'Needs a new key'],
  [link({ status: 'needs_reauth', way: 'oauth' }), 'Needs sign-in'],
  [link({ status: 'inactive' }), 'Inactive'],
  [link({ health: 'failing' }), 'Failing'],
  [link({ health: 'degraded' }), 'Degraded'],
  [link({}, { gone: true }), 'Job gone'],
  [link({}, { state: 'closed' }), 'Job closed'],
  [link({ status: 'needs_reauth', health: 'failing' }, { gone: true }), 'Needs a new key'],
  [link({ environment: 'sandbox' }), 'Test data'],
])('a link says in words how it is', (shownLink, words) => {
  const html = shown({ link: shownLink })
  expect(html).toContain('Linked to')
  expect(html).toContain(words)
  expect(html).not.toContain('<form')
})

test('a position too says that its sign-in was refused, and not that the ATS is silent', () => {
  const silent = link({ way: 'oauth', health: 'failing', healthReason: 'ats_unavailable' })
  const told = (of: PositionLink) => linkTrouble(say, of, { now: new Date(0), mayMend: true })?.text
  expect(told({ ...silent, refreshProblem: 'grant_refused' })).toContain('Workable refused the sign-in')
  expect(told(silent)).toContain('Workable does not answer')
  const dead = link({ way: 'oauth', status: 'needs_reauth' })
  expect(told(dead)).toContain('Your turn: reconnect')
  expect(linkTrouble(say, dead, { now: new Date(0), mayMend: false })?.text).toContain('whoever connected it')
})

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  '</th></tr></table><iframe srcdoc="<script>1</script>">',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an attack, as text
  '${alert(1)}',
  '<!--<script>',
  ']]><x>',
  '&lt;script&gt;',
  '<a href="data:text/html,x">',
  '<style>*{display:none}</style>',
]

// Taken out with: React's own escaping, by `dangerouslySetInnerHTML` or by an `href` made of a text.
test.each(payloads)('A-117: %s is text wherever it stands', payload => {
  const html = shown({
    title: payload,
    code: payload,
    department: payload,
    place: payload,
    owner: { id: 'o', name: payload, gone: true },
    link: link(
      { accountName: payload, connectionName: payload },
      { remoteRef: payload, title: payload, url: payload },
    ),
  })
  const tags = new Set(html.match(/<\/?[a-zA-Z!?][\w-]*/g))
  const plain = new Set(shown({ link: link() }).match(/<\/?[a-zA-Z!?][\w-]*/g))
  expect([...tags].filter(tag => !plain.has(tag))).toEqual([])
  const inside = html.match(/<[^>]*>/g)?.join('')
  expect(inside).not.toMatch(/\son\w+=|href="(?!\/w\/acme)/)
})
