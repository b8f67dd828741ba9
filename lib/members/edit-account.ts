import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { UserActor } from '#lib/actors.ts'
import { transaction } from '#lib/db/client.ts'
import { users } from '#lib/db/schema/index.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { requiredLine } from '#lib/forms/text.ts'

/** The time zones that may be chosen, by IANA's names; UTC first. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC'),
]

const form = z.object({
  name: requiredLine(120),
  zone: z.string().refine(zone => timeZones().includes(zone), 'account.problems.zone'),
})

/** Changes a person's own name and time zone. Throws `invalid` with the problems at their fields. */
export async function editAccount(actor: Pick<UserActor, 'userId'>, fields: Fields): Promise<void> {
  const { name, zone } = parseForm(form, fields)
  await transaction(tx => tx.update(users).set({ name, timeZone: zone }).where(eq(users.id, actor.userId)))
}
