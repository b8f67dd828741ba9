import { AsyncLocalStorage } from 'node:async_hooks'
import pino from 'pino'

type Fields = Readonly<Record<string, string>>

// Next bundles this file more than once a process: one log, whose level the process sets once, and one idea of what is going on.
const kept = globalThis as typeof globalThis & {
  gangwayLog?: pino.Logger
  gangwayLogFields?: AsyncLocalStorage<Fields>
}

kept.gangwayLogFields ??= new AsyncLocalStorage()
const going = kept.gangwayLogFields

kept.gangwayLog ??= pino(
  {
    base: null,
    level: 'info',
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ ...logFields() }), // pino writes into what it is given
    redact: {
      paths: ['authorization', 'cookie', '*.authorization', '*.cookie', 'password', 'apiKey', '*.apiKey'],
      censor: '[secret]',
    },
    // A driver's error carries its query's parameters, and an HTTP client's its headers: never the object as it is.
    serializers: { err: describeError, error: describeError },
  },
  standardOutput(),
)

/** The one log: JSON lines on standard output. Allow-list: pass ids and counts, never objects from an HTTP client. */
export const log: pino.Logger = kept.gangwayLog

// A disk that is full must not end a process for what it has to say; what waits for space is bounded, and then dropped.
function standardOutput(): pino.DestinationStream {
  const out = pino.destination({ fd: 1, sync: true, maxLength: 1024 * 1024 })
  out.on('error', () => {})
  return out
}

/** Runs `work`; every line that is logged meanwhile, however deep, carries these fields too: the id of a request or of a task. */
export const withLogFields = <T>(fields: Fields, work: () => T): T =>
  going.run({ ...going.getStore(), ...fields }, work)

/** What the lines carry at this moment. */
export function logFields(): Fields {
  return going.getStore() ?? {}
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name, stack, cause } = error
  // Drizzle writes the parameters into its message: only the statement may be seen.
  const message = 'query' in error ? `Failed query: ${error.query}` : error.message
  const calls = stack?.split('\n').filter(line => /^\s+at /.test(line))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { name, message, ...code, calls, ...(cause === undefined ? {} : { cause: describeError(cause) }) }
}
