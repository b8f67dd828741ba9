import { sql } from 'drizzle-orm'
import { connections } from '#lib/db/schema/index.ts'

/** Active and not healthy, or wanting somebody to sign in: what stands in the columns, whoever's turn it is. */
export const isInNeed = sql`(${connections.status} = 'needs_reauth' or (${connections.status} = 'active' and ${connections.health} <> 'healthy'))`
