import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const whole = { DATABASE_URL: 'postgres://gangway:pw@db/gangway', AUTH_SECRET: 'x'.repeat(40) }
const app = 'ats/live 6f1f6c1e-3b0a-4c39-9d53-0f3ad7a6a1c2 client CNRY-secret'
const mistakes = (source: Record<string, string>) => {
  const result = readEnv({ ...whole, ...source })
  return 'mistakes' in result ? result.mistakes : []
}
const read = (source: Record<string, string>) => {
  const result = readEnv({ ...whole, ...source })
  if ('mistakes' in result) throw new Error(result.mistakes.join())
  return result.env
}

test.each([
  ['PORT', 'eighty', 'it is not a number'],
  ['PORT', '70000', 'it is above 65535'],
  ['APP_URL', 'gangway', 'it is not an address that starts with https:// or http://'],
  ['APP_URL', 'http://gangway.example.com', 'it is not https'],
  ['APP_URL', 'https://gangway.example.com/app', 'it has a path, a name or a question mark behind the host'],
  ['DATABASE_URL', 'mysql://db', 'it does not start with postgres://'],
  ['DATABASE_POOL', '0', 'it is below 1'],
  ['AUTH_SECRET', 'short', 'it is shorter than 32 characters'],
  ['SMTP_URL', 'mail.example.com', 'it does not start with smtps:// or smtp://'],
  ['SMTP_URL', 'smtp://', 'it names no host'],
  ['MAIL_FROM', 'Gangway', 'it is neither an e-mail address nor a name with an address'],
  ['MAIL_FROM', 'a@example.com, b@example.com', 'it is neither an e-mail address nor a name with an address'],
  ['MAIL_FROM', 'Gangway <a@example.com>\r\nBcc: b@example.com', 'it is neither an e-mail address'],
  ['MAIL_FROM', 'Gang\nway <a@example.com>', 'it is neither an e-mail address'],
  ['TRUSTED_PROXY', '10.0.0.0/99', 'it names something that is no address or network'],
  ['ALLOWED_NETWORKS', '10.0.0.0/8, intranet', 'it names something that is no address or network'],
  ['TRUSTED_PROXY', 'proxy', 'it names something that is no address or network'],
  ['SANDBOX', 'maybe', 'it is neither on nor off'],
  ['SANDBOX_PORT', '1.5', 'it is not a whole number'],
  ['SANDBOX_ORIGIN', 'workable', 'it is not an address that starts with https:// or http://'],
  ['OAUTH_APPS', 'ats/live one two three', 'app 1 is not four words, with a UUID as the second'],
  ['OAUTH_APPS', `${app} ats/sandbox`, 'app 2 is not four words'],
  ['OAUTH_APPS', `${app}\n${app}`, 'two apps have the same place'],
  ['OAUTH_APPS_FILE', '/no/such/file', 'it cannot be read'],
  ['WORKER', 'yes', 'it is neither on nor off'],
  ['LOG_LEVEL', 'loud', 'it is none of debug, info, warn, error, silent'],
])('%s=%s is named with what is wrong and what is right', (name, value, wrong) => {
  const [only, ...more] = mistakes({ [name]: value })
  expect(more).toEqual([])
  expect(only).toContain(name)
  expect(only).toContain(wrong)
  expect(only).toContain(`Right is, for example, ${name}=`)
})

test('all mistakes are named at once, and no secret is shown', () => {
  const all = mistakes({
    PORT: 'x',
    DATABASE_URL: 'CNRY-db',
    AUTH_SECRET: 'CNRY-auth',
    SMTP_URL: 'CNRY-smtp',
    OAUTH_APPS: `${app} more`,
  })
  expect(all).toHaveLength(5)
  expect(all.join()).not.toContain('CNRY')
})

test('OAuth apps are read from a variable, or from a file with a line for each', () => {
  const other = 'ats/sandbox 0d4bd0a4-6d9e-4d0e-8a4c-5f6b7c8d9e0f other-client other-secret'
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'gangway-env-')), 'apps')
  writeFileSync(file, `${app}\n\n${other}\n`)
  expect(read({ OAUTH_APPS_FILE: file }).OAUTH_APPS).toMatchObject([
    { place: 'ats/live', clientId: 'client', secret: 'CNRY-secret' },
    { place: 'ats/sandbox', clientId: 'other-client' },
  ])
  expect(read({ OAUTH_APPS: ` ${app} ${other} ` }).OAUTH_APPS).toHaveLength(2)
  expect(read({}).OAUTH_APPS).toEqual([])
  expect(mistakes({ OAUTH_APPS: app, OAUTH_APPS_FILE: file }).join()).toContain('both are set')
})

test('two ways to say one secret are one too many', () => {
  expect(mistakes({ GANGWAY_KEYS: 'k1:a', GANGWAY_KEYS_FILE: '/keys' }).join()).toContain('both are set')
})

test('what follows from the port, from loopback and from production is followed', () => {
  expect(read({})).toMatchObject({ PORT: 3000, APP_URL: 'http://localhost:3000', SANDBOX: 'on' })
  expect(read({ PORT: '4000' }).APP_URL).toBe('http://localhost:4000')
  expect(read({ APP_URL: 'http://localhost:5000/' })).toMatchObject({
    PORT: 5000,
    APP_URL: 'http://localhost:5000',
  })
  expect(read({ SANDBOX_PORT: '4020' }).SANDBOX_ORIGIN).toBe('http://workable.localhost:4020')
  const outside = { NODE_ENV: 'production', APP_URL: 'https://gangway.example.com' }
  expect(read(outside).SANDBOX).toBe('off')
  expect(read({ ...outside, SANDBOX: 'on' }).SANDBOX).toBe('on')
  expect(read({ NODE_ENV: 'production' }).SANDBOX).toBe('on')
})

test('whoever sends mail is named, and has to be where there is a mail server', () => {
  const SMTP_URL = 'smtps://mail.example.com'
  expect(mistakes({ SMTP_URL }).join()).toContain('MAIL_FROM: it is missing, and SMTP_URL is set')
  const sender = (MAIL_FROM: string) => read({ SMTP_URL, MAIL_FROM }).MAIL_FROM
  expect(sender('Gangway, by Corvane <gangway@example.com>')).toEqual({
    name: 'Gangway, by Corvane',
    address: 'gangway@example.com',
  })
  expect(sender('"Gangway" <gangway@example.com>')?.name).toBe('Gangway')
  expect(sender('gangway@example.com')).toEqual({ name: '', address: 'gangway@example.com' })
})

test('whom to ask for help is a list, each recognised for what it is', () => {
  const { SUPPORT_CONTACT } = read({
    SUPPORT_CONTACT:
      'https://help.example.com/chat; help@example.com; +31 20 555 0100; Monday to Friday, 9 to 17',
  })
  expect(SUPPORT_CONTACT).toEqual([
    { kind: 'link', text: 'help.example.com/chat', href: 'https://help.example.com/chat' },
    { kind: 'mail', text: 'help@example.com', href: 'mailto:help@example.com' },
    { kind: 'phone', text: '+31 20 555 0100', href: 'tel:+31205550100' },
    { kind: 'words', text: 'Monday to Friday, 9 to 17' },
  ])
})
