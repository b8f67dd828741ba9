import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { type MailContent, mailKinds } from './kinds.ts'
import { MailError } from './problems.ts'
import { renderMail, subjectOf } from './render.ts'
import { partOf } from './testing.ts'

const connection = {
  workspace: 'Larkfield',
  connection: 'Workable, Larkfield',
  connector: 'workable',
  account: 'Larkfield Nederland',
  environment: 'live',
  path: '/w/larkfield/integrations/workable/1/settings#key',
} as const

const app = { connector: 'workable', environment: 'live', path: '/partner/oauth-apps/1' } as const
const invitation = {
  inviter: 'Olga Brandt',
  workspace: 'Larkfield',
  partner: 'Corvane',
  role: 'admin',
  until: '2026-11-28T09:30:00.000Z',
} as const

const contents: { [K in MailContent['kind']]: Extract<MailContent, { kind: K }>['data'] } = {
  invitation,
  customer_invitation: { ...invitation, role: 'owner' },
  password_reset: { until: '2026-11-25T22:30:00.000Z' },
  password_changed: { at: '2026-11-25T21:30:00.000Z' },
  key_expires: { ...connection, left: 14, expiresOn: '2026-12-09' },
  needs_reauth: { ...connection, way: 'api_key', since: '2026-11-22T08:14:00.000Z' },
  app_refused: { ...app, since: '2026-11-22T08:14:00.000Z', source: 'console' },
  app_away: { ...app, since: '2026-11-22T08:14:00.000Z' },
  app_doubted: { ...app, at: '2026-11-22T08:14:00.000Z' },
  app_works: { ...app, at: '2026-11-22T08:14:00.000Z' },
}

const mailOf = (kind: MailContent['kind'], data: object = {}) => ({
  id: '11111111-1111-4111-8111-111111111111',
  kind,
  data: { ...contents[kind], ...data },
  toAddress: 'ines@example.com',
  toName: 'Inês Prado',
  locale: 'en',
  timeZone: 'Europe/Amsterdam',
  partner: 'Corvane',
})

test.each(mailKinds)(
  '%s: everything that it says is said in HTML and in text, and it loads nothing',
  kind => {
    const link = kind.endsWith('invitation') || kind === 'password_reset' ? `/${kind}/secret` : undefined
    const { subject, text, html, words } = renderMail(mailOf(kind), link)
    expect(subject).not.toBe('')
    for (const said of [words.heading, ...words.paragraphs, words.button, words.note, words.foot]) {
      expect(text).toContain(said)
      expect(html).toContain(said)
    }
    expect(html).toContain(`href="${words.url}"`)
    expect(words.url).toMatch(/^http:\/\/localhost:3000\//)
    expect(html).toContain('name="color-scheme" content="light dark"')
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).not.toMatch(/<(img|script|link|iframe|form|object)|url\(|@import|src=|\son\w+=/i)
  },
)

test('a moment is the reader’s own, and a zone that nobody knows is UTC and says so', () => {
  expect(renderMail(mailOf('invitation')).text).toContain('Nov 28, 2026, 10:30 AM')
  expect(renderMail({ ...mailOf('invitation'), timeZone: 'Mars/Olympus' }).text).toContain(
    'Nov 28, 2026, 9:30 AM UTC',
  )
})

test('the days that a key has left are said as people say them', () => {
  const said = (left: number) => subjectOf(mailOf('key_expires', { left }))
  expect([said(14), said(1), said(0)]).toEqual([
    'The key of “Workable, Larkfield” ends in 14 days',
    'The key of “Workable, Larkfield” ends tomorrow',
    'The key of “Workable, Larkfield” ends today',
  ])
})

test('test data is called that, and a one-time address that is not kept is not made up', () => {
  expect(renderMail(mailOf('needs_reauth', { environment: 'sandbox' })).text).toContain(
    'Larkfield Nederland (sandbox, test data)',
  )
  const { text, html, words } = renderMail(mailOf('invitation'))
  expect(words.url).toBeNull()
  expect(text).toContain(words.notKept)
  expect(html).not.toContain('<a class="btn"')
})

// Taken out with: `escaped` in `lib/mail/html.ts`.
test('A-117 markup in any name is text in a mail', () => {
  const markup = `"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'`
  for (const kind of mailKinds) {
    const names = Object.entries(contents[kind]).filter(([, value]) => typeof value === 'string')
    const odd = Object.fromEntries(
      names
        .filter(([name]) => /^(inviter|workspace|partner|connection|account)$/.test(name))
        .map(([name]) => [name, markup]),
    )
    const { html } = renderMail({ ...mailOf(kind, odd), toName: markup, partner: markup })
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  }
})

// Taken out with: name and address as one text, instead of apart, in `lib/mail/compose.ts`.
test('A-117 nobody’s name begins another header or adds another address', async () => {
  const names = [
    'Ines\r\nBcc: evil@example.com',
    'Ines, evil@example.com',
    'Ines" <evil@example.com>, "x',
    'Ines\u2028Bcc: evil@example.com',
    'Inês <evil@example.com>',
    '=?utf-8?q?Ines=0D=0ABcc:_evil@example.com?=',
  ]
  for (const name of names) {
    const mail = { ...mailOf('invitation', { inviter: name, workspace: name }), toName: name, partner: name }
    const made = await compose(mail, '/invitation/x', { name: '', address: 'gangway@example.com' })
    const raw = made.message.toString()
    const [head = ''] = raw.split('\r\n\r\n')
    const fields = head
      .replace(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map(line => line.split(':')[0])
    expect(fields.toSorted(), name).toEqual([
      'Auto-Submitted',
      'Content-Type',
      'Date',
      'From',
      'MIME-Version',
      'Message-ID',
      'Subject',
      'To',
    ])
    expect(made.envelope).toEqual({ from: 'gangway@example.com', to: 'ines@example.com' })
    const to = /^To: (.*)$/m.exec(head.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? ''
    expect(to.replace(/"(\\.|[^"\\])*"/g, ''), name).toMatch(/^[^,<]*<ines@example\.com>$/)
    expect(partOf(raw, 'text/plain')).toContain('http://localhost:3000/invitation/x')
  }
})

// Taken out with: `emailAddress` in `lib/mail/compose.ts`.
// Taken out with: `z.email` in `emailAddress`, which `compose` asks.
test.each([
  'ines',
  'ines@example.com, evil@example.com',
  'ines@example.com\r\nRCPT TO:<evil@example.com>',
  '"x" <ines@example.com>',
  '',
])('A-117 %j is no address to send to', async toAddress => {
  const sending = compose({ ...mailOf('invitation'), toAddress }, undefined, {
    name: '',
    address: 'g@example.com',
  })
  await expect(sending).rejects.toThrow(MailError)
})

// Taken out with: the comparison of origins in `ownUrl` of `lib/mail/render.ts`.
test('A-034 a path that leads elsewhere makes no mail', () => {
  for (const path of ['//evil.example/x', '/\\evil.example', 'https://evil.example'])
    expect(() => renderMail(mailOf('invitation'), path), path).toThrow()
})
