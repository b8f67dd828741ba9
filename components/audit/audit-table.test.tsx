import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { createSay } from '#lib/intl.ts'
import type { AuditRow } from '#lib/views.ts'
import { AuditTable } from './audit-table.tsx'

const say = createSay('en', 'Europe/Amsterdam')
const entry: AuditRow = {
  id: 'e',
  at: new Date('2026-11-25T12:00:00Z'),
  name: 'position.closed',
  who: { kind: 'member', id: '7f7a1fd0-1f5e-4b5e-9d4e-0c6f0f3f9b11', name: 'Mariana' },
  subject: { kind: 'position', id: 'p', name: 'Baker', path: 'positions/p' },
  address: '192.0.2.7',
  userAgent: 'Firefox',
  data: {},
}

const shown = (change: Partial<AuditRow>) =>
  renderToStaticMarkup(
    <AuditTable
      say={say}
      rows={[{ ...entry, ...change }]}
      base="/w/acme"
      eventWords={name => `words of ${name}`}
      browserWords={text => `a browser, ${text}`}
    />,
  )

test('a row says what, who, on what with the way there, from where, and when in the reader’s zone', () => {
  const html = shown({})
  expect(html).toContain('words of position.closed')
  expect(html).toContain('<bdi>Mariana</bdi>')
  expect(html).toContain('<a href="/w/acme/positions/p">Baker</a>')
  expect(html).toContain('192.0.2.7')
  expect(html).toContain('a browser, Firefox')
  expect(html).toContain('<time dateTime="2026-11-25T12:00:00.000Z"')
  expect(html).toMatch(/1:00\sPM/)
})

test('what is gone has no way there, and who is not known is told by her id', () => {
  expect(shown({ subject: { ...entry.subject, path: null } })).not.toContain('<a ')
  expect(shown({ subject: { ...entry.subject, kind: 'unheard_of', name: null } })).toContain('Something else')
  expect(shown({ who: { ...entry.who, name: null } })).toContain('7f7a1fd0<')
  expect(shown({ who: { kind: 'system', id: 'check', name: null } })).toContain('Gangway')
  expect(shown({ who: { ...entry.who, kind: 'partner', name: null } })).toContain('Somebody of the partner')
})

// Taken out with: React's own escaping, by `dangerouslySetInnerHTML`.
test('A-117: a name is text, whatever it holds', () => {
  const name = '<img src=x onerror=alert(1)>'
  const html = shown({ who: { ...entry.who, name }, subject: { ...entry.subject, name }, address: name })
  expect(html).not.toContain('<img')
})
