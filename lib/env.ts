import { z } from 'zod'
import { readSecretFile, withAppsOfFile } from './env-files.ts'
import {
  httpAddress,
  listOf,
  mailSender,
  networks,
  oauthAppsText,
  onOff,
  postgresAddress,
  smtpAddress,
  wholeNumber,
} from './env-values.ts'
import { parseSupportContact } from './support-contact.ts'

/** Whether a host name means this very machine; `*.localhost` does, by RFC 6761. Brackets of IPv6 are understood. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

/** Every variable that Gangway reads, in the order of `.env.example`, with an example of what is right. */
const variables = {
  PORT: { right: '3000', read: wholeNumber(1, 65535).optional() },
  HOST: { right: '127.0.0.1', read: z.string().default('127.0.0.1') },
  APP_URL: {
    right: 'https://gangway.example.com',
    read: httpAddress
      .refine(text => text.startsWith('https:') || isLoopback(new URL(text).hostname), 'it is not https')
      .optional(),
  },
  DATABASE_URL: {
    right: 'postgres://gangway:password@db.example.com:5432/gangway',
    secret: true,
    read: postgresAddress
      .optional()
      .refine(text => text, 'it is missing; npm start brings a PostgreSQL along'),
  },
  DATABASE_POOL: { right: '10', read: wholeNumber(1, 100).default(10) },
  GANGWAY_KEYS: {
    right: 'k1:<what npm run keys -- generate prints>',
    secret: true,
    read: z.string().optional(),
  },
  GANGWAY_KEYS_FILE: { right: '/run/secrets/gangway-keys', read: z.string().optional() },
  GANGWAY_DEGRADED: {
    right: 'yes',
    read: z.enum(['yes', 'no'], { error: 'it is neither yes nor no' }).default('no'),
  },
  AUTH_SECRET: {
    right: '<32 random bytes in base64>',
    secret: true,
    read: z.string().min(32, 'it is shorter than 32 characters').optional(),
  },
  AUTH_SECRET_FILE: { right: '/run/secrets/gangway-auth-secret', read: z.string().optional() },
  SMTP_URL: {
    right: 'smtps://user:password@mail.example.com',
    secret: true,
    read: smtpAddress.optional(),
  },
  MAIL_FROM: { right: 'Gangway <gangway@example.com>', read: mailSender.optional() },
  TRUSTED_PROXY: {
    right: '10.0.0.0/8, 192.168.1.7',
    read: networks,
  },
  ALLOWED_NETWORKS: { right: '10.20.0.0/16', read: networks },
  SANDBOX: { right: 'on', read: onOff.optional() },
  SANDBOX_PORT: { right: '4010', read: wholeNumber(1, 65535).default(4010) },
  SANDBOX_ORIGIN: { right: 'http://workable.localhost:4010', read: httpAddress.optional() },
  OAUTH_APPS: {
    right: '<connector>/live <a UUID> <client id> <client secret>',
    secret: true,
    read: oauthAppsText,
  },
  OAUTH_APPS_FILE: { right: '/run/secrets/gangway-oauth-apps', read: z.string().optional() },
  WORKER: { right: 'on', read: onOff.default('on') },
  SUPPORT_CONTACT: {
    right: 'https://help.example.com; help@example.com; +31 20 555 0100; Monday to Friday, 9 to 17',
    read: listOf(';').transform(parseSupportContact),
  },
  METRICS_TOKEN: {
    right: '<32 random bytes in base64>',
    secret: true,
    read: z.string().min(32, 'it is shorter than 32 characters').optional(),
  },
  METRICS_PORT: { right: '9464', read: wholeNumber(1, 65535).optional() },
  LOG_LEVEL: {
    right: 'info',
    read: z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], {
        error: 'it is none of debug, info, warn, error, silent',
      })
      .default('info'),
  },
} satisfies Record<string, { right: string; read: z.ZodType; secret?: true }>

type Name = keyof typeof variables
type Source = Readonly<Record<string, string | undefined>>
type Read = { [N in Name]: z.output<(typeof variables)[N]['read']> }

/** The configuration, complete: what was not set has its default, derived from its neighbours where it has to be. */
export type Env = Omit<
  Read,
  'PORT' | 'APP_URL' | 'DATABASE_URL' | 'AUTH_SECRET' | 'SANDBOX' | 'SANDBOX_ORIGIN'
> & {
  PORT: number
  /** The origin under which people open Gangway; no slash at its end. */
  APP_URL: string
  DATABASE_URL: string
  AUTH_SECRET: string
  SANDBOX: 'on' | 'off'
  SANDBOX_ORIGIN: string
}

/** The names of all variables, in the order of `.env.example`. */
export const variableNames = Object.keys(variables) as Name[]

/**
 * Reads a configuration. Gives it, or a sentence for each mistake: the variable, what is wrong, an example of what is right.
 * The values of secrets are never in a sentence.
 */
export function readEnv(given: Source): { env: Env } | { mistakes: string[] } {
  const mistakes: string[] = []
  const source = withAppsOfFile(given, { mistakes, right: variables.OAUTH_APPS_FILE.right })
  const read: Record<string, unknown> = {}
  for (const name of variableNames) {
    const {
      right,
      read: schema,
      secret,
    } = variables[name] as { right: string; read: z.ZodType; secret?: true }
    const value = source[name]?.trim() || undefined
    const result = schema.safeParse(value)
    read[name] = result.data
    const shown = value && !secret ? ` (${value.slice(0, 80)})` : ''
    const wrong = result.error?.issues[0]?.message
    if (wrong) mistakes.push(`${name}${shown}: ${wrong}. Right is, for example, ${name}=${right}`)
  }
  const known = read as Read
  const authSecret = source.AUTH_SECRET?.trim()
    ? known.AUTH_SECRET
    : readSecretFile('AUTH_SECRET', known.AUTH_SECRET_FILE, { mistakes, right: variables.AUTH_SECRET.right })
  for (const name of ['GANGWAY_KEYS', 'AUTH_SECRET', 'OAUTH_APPS'] as const) {
    if (given[name]?.trim() && known[`${name}_FILE`])
      mistakes.push(`${name}, ${name}_FILE: both are set. Set one of them`)
  }
  if (known.SMTP_URL && !source.MAIL_FROM?.trim()) {
    const { right } = variables.MAIL_FROM
    mistakes.push(`MAIL_FROM: it is missing, and SMTP_URL is set. Right is, for example, MAIL_FROM=${right}`)
  }
  if (mistakes.length > 0) return { mistakes }
  const PORT = known.PORT ?? portOf(known.APP_URL) ?? 3000
  const APP_URL = known.APP_URL ?? `http://localhost:${PORT}`
  const isPublic = source.NODE_ENV === 'production' && !isLoopback(new URL(APP_URL).hostname)
  const derived = {
    PORT,
    APP_URL,
    DATABASE_URL: known.DATABASE_URL ?? '',
    AUTH_SECRET: authSecret ?? '',
    SANDBOX: known.SANDBOX ?? (isPublic ? 'off' : 'on'),
    SANDBOX_ORIGIN: known.SANDBOX_ORIGIN ?? `http://workable.localhost:${known.SANDBOX_PORT}`,
  }
  return { env: { ...known, ...derived } }
}

let parsed: Env | undefined

/** The configuration of this process, read once. Throws with each mistake named; processes check first, with `readEnv`. */
export function env(): Env {
  if (parsed) return parsed
  const result = readEnv(process.env)
  if ('mistakes' in result) throw new Error(result.mistakes.join('\n'))
  parsed = result.env
  return parsed
}

/** Ends the process with 78 (`EX_CONFIG` of sysexits.h) and a line for each mistake, when there is one. */
export function exitOnMistakes(): void {
  const result = readEnv(process.env)
  if (!('mistakes' in result)) return
  process.stderr.write(`Gangway cannot start with this configuration.\n${result.mistakes.join('\n')}\n`)
  process.exit(78)
}

function portOf(appUrl: string | undefined): number | undefined {
  if (!appUrl || !isLoopback(new URL(appUrl).hostname)) return undefined
  return Number(new URL(appUrl).port) || undefined
}
