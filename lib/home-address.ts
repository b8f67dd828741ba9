import { env } from '#lib/env.ts'

/** Where somebody comes to sign in, for a text that is copied to her. Pages know no environment. */
export const homeAddress = (): string => env().APP_URL
