import { expect, test } from 'vitest'
import { sayTo } from './say.ts'

const at = new Date('2026-11-25T23:30:00Z')

test('a reader sees dates and times as she is used to, in her own zone', () => {
  const say = sayTo({ locale: 'en', timeZone: 'Europe/Amsterdam' }, 'nl, en-GB;q=0.8, en;q=0.5')
  expect(say.date(at)).toBe('26 November 2026')
  expect(say.time(at)).toBe('00:30')
  const american = sayTo({ locale: 'en', timeZone: 'America/New_York' }, 'en-US')
  expect(american.dateTime(at)).toMatch(/^Nov 25, 2026, 6:30\sPM$/)
})

test('while her zone is not known times are in UTC and say so', () => {
  expect(sayTo({ locale: 'en', timeZone: null }, 'en-GB').time(at)).toBe('23:30 UTC')
  expect(sayTo({ locale: 'en', timeZone: 'Mars/Olympus' }, 'en-GB').dateTime(at)).toBe(
    '25 Nov 2026, 23:30 UTC',
  )
})

test.each([null, '', 'xx', '*', 'en-', 'en-GB-x-odd, ;;,', 'en-GB\u0000'])(
  'a language list that says nothing is read as English: %j',
  accepted => {
    const say = sayTo(undefined, accepted)
    expect([say.locale, say.timeZone, say('app.name')]).toEqual(['en', 'UTC', 'Gangway'])
  },
)
