import { isIP } from 'node:net'
import { z } from 'zod'

// What a variable of the environment may be: each says what is wrong in words that follow "PORT (eighty): ".

/** A switch. */
export const onOff = z.enum(['on', 'off'], { error: 'it is neither on nor off' })
/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number) =>
  z.coerce
    .number({ error: 'it is not a number' })
    .int('it is not a whole number')
    .min(least, `it is below ${least}`)
    .max(most, `it is above ${most}`)
/** An address with one of these protocols (`https:`); `what` says what is wrong with another. */
export const address = (protocols: string[], what: string) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: what,
    abort: true,
  })
/** An origin: http or https, a host, maybe a port, and nothing behind it. Gives it without its last slash. */
export const httpAddress = address(
  ['http:', 'https:'],
  'it is not an address that starts with https:// or http://',
)
  .refine(isOrigin, { error: 'it has a path, a name or a question mark behind the host', abort: true })
  .transform(text => new URL(text).origin)
/** The address of a mail server. */
export const smtpAddress = address(['smtp:', 'smtps:'], 'it does not start with smtps:// or smtp://').refine(
  text => new URL(text).hostname !== '',
  { error: 'it names no host' },
)
/** The address of a PostgreSQL. */
export const postgresAddress = address(['postgres:', 'postgresql:'], 'it does not start with postgres://')

/** A list, its parts separated by `separator`; empty where nothing is set. */
export const listOf = (separator: string) =>
  z
    .string()
    .default('')
    .transform(text => text.split(separator).flatMap(part => part.trim() || []))

/** Addresses and networks in CIDR notation, separated by commas. */
export const networks = listOf(',').refine(
  list => list.every(isNetwork),
  'it names something that is no address or network',
)

function isNetwork(text: string): boolean {
  const [host = '', bits, ...more] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(host)] ?? -1
  return (
    most > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  )
}

function isOrigin(text: string): boolean {
  const { pathname, search, hash, username, password } = new URL(text)
  return pathname === '/' && !search && !hash && !username && !password
}

/** Who sends, as in a mail's From: `Gangway <gangway@example.com>`, or the address alone. One line, one address. */
export const mailSender = z
  .string()
  .refine(text => parseSender(text) !== undefined, {
    error: 'it is neither an e-mail address nor a name with an address in angle brackets behind it',
    abort: true,
  })
  .transform(text => parseSender(text) ?? { name: '', address: '' })

function parseSender(text: string): { name: string; address: string } | undefined {
  const [, quoted, plain, bracketed, bare] =
    /^(?:(?:"([^"\\]*)"|([^"<>]*?))\s*<([^<>\s]+)>|([^<>\s]+))$/.exec(text) ?? []
  const address = bracketed ?? bare
  const isRight = !/\p{Cc}/u.test(text) && z.email().safeParse(address).success
  return isRight && address ? { name: quoted ?? plain ?? '', address } : undefined
}

/** A partner's OAuth app as the environment says it. */
export type GivenOAuthApp = {
  place: string
  id: string
  clientId: string
  secret: string
}

const wordsOfApp = z.tuple([
  z.string().regex(/^[a-z0-9-]+\/(live|sandbox)$/),
  z.uuid().toLowerCase(),
  z.string().max(1024),
  z.string().max(1024),
])

/**
 * OAuth apps, four words each: `<connector>/<live or sandbox>`, an id of our own (a UUID), the client id, the client secret. White space
 * stands between the words and between the apps, new lines too.
 */
export const oauthAppsText = z
  .string()
  .default('')
  .transform((text, context): GivenOAuthApp[] => {
    const words = text.split(/\s+/).filter(Boolean)
    const apps = Array.from({ length: Math.ceil(words.length / 4) }, (_, at) =>
      wordsOfApp.safeParse(words.slice(at * 4, at * 4 + 4)),
    )
    const wrong = apps.findIndex(({ success }) => !success)
    if (wrong >= 0) context.addIssue(`app ${wrong + 1} is not four words, with a UUID as the second`)
    const given = apps.flatMap(({ data }) => {
      if (!data) return []
      const [place, id, clientId, secret] = data
      return [{ place, id, clientId, secret }]
    })
    for (const name of ['place', 'id'] as const)
      if (new Set(given.map(app => app[name])).size < given.length)
        context.addIssue(`two apps have the same ${name}`)
    return given
  })
