import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import words from '#messages/en/app.json' with { type: 'json' }
import { passwordProblem } from './password-policy.ts'

const around = ['Northwind Traders', 'Jane Doe-Miller', 'jane.doe@northwind.example']
const keyOf = (password: string) => passwordProblem(password, around)?.key ?? null

describe('a new password', () => {
  it.each([
    ['too_short', '', 'fourteen chars', 'ж'.repeat(14), '🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎🐎', 'e\u0301'.repeat(14)],
    ['too_long', 'correct 1 horse 2 '.repeat(58), '😀'.repeat(257)],
    [
      'common',
      'passwordpassword',
      'Password Password',
      'Password12345678!',
      'P@ssw0rd-P@ssw0rd!',
      'MailCreated5240',
      'manchesterunited',
      'iloveyouforever',
      'Welcome2026!!!!',
      'admin-admin-2026-admin',
      'letmein-qwertyuiop',
      'BaseballBaseball1',
    ],
    [
      'pattern',
      'aaaaaaaaaaaaaaa',
      'abababababababab',
      'abcdefghijklmno',
      '123456789012345',
      '9876543210987654',
      'qwertyuiopasdfghjkl',
      '1q2w3e4r5t6y7u8i',
      '1qaz2wsx3edc4rfv',
      '112233445566778899',
      'x7x7x7x7x7x7x7x7',
      'hunt7hunt7hunt7',
      '               a',
      '2026202520242023',
    ],
    [
      'context',
      'NorthwindNorthwind',
      'northwind-traders-1',
      'N0rthw1nd Tr4ders!',
      'jane.doe@northwind.example',
      'GangwayGangway1',
      'gangwaypassword1',
    ],
  ])('is named %s', (problem, ...passwords) => {
    for (const password of passwords)
      expect([password, keyOf(password)]).toEqual([password, `password.${problem}`])
    expect(Object.keys(words.password)).toContain(problem)
  })

  it('says how many characters it has and needs, an emoji being one', () => {
    expect(passwordProblem('🐎 short', [])).toEqual({
      key: 'password.too_short',
      values: { least: 15, has: 7 },
    })
  })

  it.each([
    'tulip harbour cement ostrich',
    'sunshine princess dragon monkey',
    'I moved to Utrecht in 2019, by train',
    'Ein Fluss hat keine Eile',
    'совершенно обычная фраза',
    '正しい馬電池ホチキスの話をしましょう',
    'kw8$Vz!q2Lm@9xTb',
    'my northwind locker is green',
    ' leading and trailing blanks ',
    '🐎🔋🧷✅🌧️🍋🎻🪁🦉🧭🛶🥁🎲🧶🪴',
  ])('%s is taken', password => {
    expect(keyOf(password)).toBeNull()
  })

  it('is taken whenever it is random, from 80 bits on', () => {
    for (let i = 0; i < 3000; i++) expect(keyOf(randomBytes(12).toString('base64url'))).toBeNull()
    for (let i = 0; i < 3000; i++) expect(keyOf(randomBytes(10).toString('hex'))).toBeNull()
  })
})
