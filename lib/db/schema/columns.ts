import { timestamp } from 'drizzle-orm/pg-core'

/** A moment, with its zone, as every moment in the database. */
export const at = (name: string) => timestamp(name, { withTimezone: true })
