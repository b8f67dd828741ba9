import { z } from 'zod'

/** How a task runs: what it is given, how often it is tried again, and after how many seconds it counts as dead. */
type Task = {
  payload: z.ZodType<Record<string, unknown>>
  retries: number
  seconds: number
  /** Its turns when it runs by the clock: a cron expression in UTC. */
  cron?: string
}

/** Every task there is. Payloads carry ids, never secrets or personal data. The verbs behind them stand in `worker.ts`. */
export const tasks = {
  /** Runs the key doctor: over a link session's candidate credential, or over a connection. */
  'check-credential': { payload: z.object({ checkId: z.uuid() }), retries: 5, seconds: 120 },
  /** Fetches all pages of an account's jobs. */
  'fetch-jobs': { payload: z.object({ connectionId: z.uuid() }), retries: 5, seconds: 600 },
  /** Sends a mail, or keeps it where no SMTP is set. */
  'send-mail': { payload: z.object({ mailId: z.uuid() }), retries: 10, seconds: 60 },
  /** Tells whom a change concerns, by notice and by mail, and settles what it mends. */
  tell: { payload: z.object({ eventId: z.uuid() }), retries: 10, seconds: 60 },
  /** Revokes a grant at the ATS, again and again until that is proven or seven days are over. */
  'revoke-grant': { payload: z.object({ revocationId: z.uuid() }), retries: 5, seconds: 120 },
  /** Refreshes the tokens of one connection, soon after a try that failed. */
  'refresh-connection': { payload: z.object({ connectionId: z.uuid() }), retries: 2, seconds: 120 },
  /** Refreshes all tokens that are due, so that none expires unserved. */
  'refresh-due': { payload: z.object({}), retries: 0, seconds: 180, cron: '* * * * *' },
  /** Removes what has expired. */
  sweep: { payload: z.object({}), retries: 0, seconds: 50, cron: '* * * * *' },
  /** Forgets what has ended long ago, at night. */
  'forget-old': { payload: z.object({}), retries: 2, seconds: 900, cron: '41 3 * * *' },
  /** Makes a check of each connection whose daily one is due. */
  'daily-checks': { payload: z.object({}), retries: 0, seconds: 300, cron: '*/10 * * * *' },
  /** Reminds of keys that end soon, once a day; the later turns are for a worker that was away at the first. */
  'remind-expiry': { payload: z.object({}), retries: 0, seconds: 300, cron: '17 6-23 * * *' },
} as const satisfies Record<string, Task>

export type TaskName = keyof typeof tasks
export type Payload<N extends TaskName> = z.output<(typeof tasks)[N]['payload']>

export const taskNames = Object.keys(tasks) as TaskName[]

/** When a task runs by the clock: its cron expression. */
export const turnsOf = (name: TaskName): string | undefined => (tasks[name] as Task).cron
