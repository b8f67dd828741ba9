import { createFormatter, createTranslator } from 'use-intl/core'
import account from '#messages/en/account.json' with { type: 'json' }
import app from '#messages/en/app.json' with { type: 'json' }
import audit from '#messages/en/audit.json' with { type: 'json' }
import connections from '#messages/en/connections.json' with { type: 'json' }
import customers from '#messages/en/customers.json' with { type: 'json' }
import door from '#messages/en/door.json' with { type: 'json' }
import mail from '#messages/en/mail.json' with { type: 'json' }
import notices from '#messages/en/notices.json' with { type: 'json' }
import numbers from '#messages/en/numbers.json' with { type: 'json' }
import partner from '#messages/en/partner.json' with { type: 'json' }
import people from '#messages/en/people.json' with { type: 'json' }
import wizard from '#messages/en/wizard.json' with { type: 'json' }
import workable from '#messages/en/workable.json' with { type: 'json' }
import type { Said } from './errors.ts'

/** All words of a language. A connector's words lie below its id. English is complete; another language is its siblings. */
const languages = {
  en: {
    ...app,
    ...account,
    ...door,
    ...wizard,
    ...connections,
    ...customers,
    ...audit,
    ...partner,
    ...people,
    ...mail,
    ...notices,
    ...numbers,
    workable,
  },
}
export type Locale = keyof typeof languages
export const defaultLocale: Locale = 'en'

/** Every language there is. */
export const locales = Object.keys(languages) as Locale[]

/** A language by its own name, as whoever speaks it calls it. */
export const languageName = (locale: Locale): string =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale

/** The language that fits best, by the reader's own list (an `Accept-Language` header, or a stored locale). */
export function pickLocale(wanted: string): Locale {
  for (const part of wanted.split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase().split('-')[0]
    if (tag && Object.hasOwn(languages, tag)) return tag as Locale
  }
  return defaultLocale
}

type Values = Record<string, string | number | Date>

/**
 * What a screen or a mail speaks with: `say('positions.title')`, `say.rich` is not needed, dates and numbers in the reader's own
 * format and zone. A missing key throws: tests find it before a person does.
 */
export type Say = {
  (key: string, values?: Values): string
  /** For a sentence that an error, a finding or a form problem carries. */
  said(said: Said): string
  has(key: string): boolean
  date(at: Date): string
  /** A day of the calendar, YYYY-MM-DD, which is the same day in every zone. */
  day(day: string): string
  time(at: Date): string
  dateTime(at: Date): string
  relative(at: Date, from: Date): string
  number(value: number): string
  locale: Locale
  timeZone: string
}

/**
 * The reader's own spelling of a language, such as en-GB, by the browser's list (an `Accept-Language` header): dates and
 * numbers look as she is used to.
 */
export function pickRegion(locale: Locale, wanted: string): string {
  const tags = wanted.split(',').map(part => part.split(';')[0]?.trim() ?? '')
  return tags.find(tag => new RegExp(`^${locale}-[a-z]{2}$`, 'i').test(tag)) ?? locale
}

/**
 * Makes a `Say` for one reader. `timeZone` is an IANA zone; an unknown one becomes UTC, and times say so. `region` is the
 * language with its country, for dates and numbers.
 */
export function createSay(locale: Locale, timeZone: string, region: string = locale): Say {
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const onError = (error: Error) => {
    throw error
  }
  const t = createTranslator({
    locale: region,
    messages: languages[locale] as Record<string, unknown>,
    timeZone: zone,
    onError,
  })
  const format = createFormatter({ locale: region, timeZone: zone })
  const spelled = zone === 'UTC' ? ' UTC' : ''
  const say = (key: string, values?: Values) => t(key as never, values as never) as string
  return Object.assign(say, {
    said: (said: Said) => say(said.key, said.values),
    has: (key: string) => t.has(key as never),
    day: (day: string) => format.dateTime(new Date(day), { dateStyle: 'long', timeZone: 'UTC' }),
    date: (at: Date) => format.dateTime(at, { dateStyle: 'long' }),
    time: (at: Date) => format.dateTime(at, { timeStyle: 'short' }) + spelled,
    dateTime: (at: Date) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' }) + spelled,
    relative: (at: Date, from: Date) => format.relativeTime(at, from),
    number: (value: number) => format.number(value),
    locale,
    timeZone: zone,
  })
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
