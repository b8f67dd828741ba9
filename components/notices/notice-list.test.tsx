import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import type { NoticeRow } from '#lib/views.ts'
import { NoticeList } from './notice-list.tsx'

const say = createSay('en', 'Europe/Amsterdam')

const row = (
  wish: Partial<NoticeRow> = {},
  connection: Partial<NoticeRow['connection']> = {},
): NoticeRow => ({
  id: '1',
  at: new Date('2026-11-25T09:00:00Z'),
  seen: false,
  settledAt: null,
  content: { kind: 'needs_reauth', data: { since: '2026-11-25T08:14:00.000Z' } },
  ...wish,
  connection: {
    id: 'c1',
    name: 'Workable, Larkfield',
    connector: 'workable',
    environment: 'live',
    way: 'api_key',
    living: true,
    ...connection,
  },
})

const shown = (...rows: NoticeRow[]) =>
  renderToStaticMarkup(<NoticeList say={say} base="/w/larkfield" rows={rows} />)

test('a refused key says since when, whose turn it is, and leads to the step that mends it', () => {
  const html = shown(row())
  expect(html).toContain('Workable refuses the key of “Workable, Larkfield”')
  expect(html).toContain('Since Nov 25, 2026, 9:14 AM')
  expect(html).toContain('action="/w/larkfield/integrations/workable/c1/new-key" method="post"')
  expect(html).toContain('New')
  expect(shown(row({}, { way: 'oauth' }))).toMatch(/refuses the sign-in.*Reconnect/)
})

test('a key that ends says on which day', () => {
  const data = { days: 14, left: 10, expiresOn: '2026-12-05', version: 1 }
  const html = shown(row({ content: { kind: 'key_expires', data } }))
  expect(html).toContain('ends on December 5, 2026')
  expect(html).toContain('10 days were left on November 25, 2026')
})

test('what is settled, and what is about a connection that is gone, leads nowhere', () => {
  const settled = shown(row({ settledAt: new Date('2026-11-26T09:00:00Z') }))
  expect(settled).toContain('Settled on November 26, 2026')
  expect(settled + shown(row({}, { living: false }))).not.toContain('action=')
})

test('A-117 markup in a connection’s name is text in a notice, and test data is called that', () => {
  const html = shown(row({}, { name: '"><script>alert(1)</script>', environment: 'sandbox' }))
  expect(html).not.toContain('<script')
  expect(html).toContain('Test data')
})
