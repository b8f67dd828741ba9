import pino from 'pino'

/** The one log: JSON lines on standard output. Allow-list: pass ids and counts, never objects from an HTTP client. */
export const log = pino({
  base: null,
  level: 'info',
  redact: {
    paths: ['authorization', 'cookie', '*.authorization', '*.cookie', 'password', 'apiKey', '*.apiKey'],
    censor: '[secret]',
  },
})
