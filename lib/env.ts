import { z } from 'zod'

/** Every variable that Gangway reads, in the order of `.env.example`. */
const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: z.url().default('http://localhost:3000'),
  DATABASE_URL: z.string(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
  GANGWAY_KEYS: z.string().optional(),
  GANGWAY_KEYS_FILE: z.string().optional(),
  AUTH_SECRET: z.string().min(32),
  TRUSTED_PROXY: z.string().optional(),
  SANDBOX: z.enum(['on', 'off']).default('on'),
  SANDBOX_ORIGIN: z.url().default('http://workable.localhost:4010'),
  WORKER: z.enum(['on', 'off']).default('on'),
  SUPPORT_CONTACT: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The configuration, parsed once. Throws with each mistake named. */
export function env(): Env {
  parsed ??= schema.parse(process.env)
  return parsed
}
