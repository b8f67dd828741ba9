import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { UserActor } from '#lib/actors.ts'
import { recordForPerson } from '#lib/audit/record-for-person.ts'
import { transaction } from '#lib/db/client.ts'
import { users } from '#lib/db/schema/index.ts'
import { type Fields, parseForm } from '#lib/forms/parse.ts'
import { nameOf } from '#lib/forms/text.ts'
import { locales } from '#lib/intl.ts'

/** The time zones that may be chosen, by IANA's names; UTC first. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC'),
]

const form = z.object({
  name: nameOf('person', 120),
  zone: z.string().refine(zone => timeZones().includes(zone), 'account.problems.zone'),
  /** Empty where there is none to choose: it stays as it is. */
  language: z.union([z.literal(''), z.enum(locales)], { error: 'account.problems.language' }),
})

/**
 * Changes a person's own name, time zone and language; the same ones change nothing. Throws `invalid` with the problems at
 * their fields.
 */
export async function editAccount(actor: Pick<UserActor, 'userId' | 'from'>, fields: Fields): Promise<void> {
  const { name, zone, language } = parseForm(form, fields)
  const { userId, from } = actor
  await transaction(async tx => {
    const [before] = await tx
      .select({ name: users.name, zone: users.timeZone, language: users.locale })
      .from(users)
      .where(eq(users.id, userId))
      .for('update')
    if (!before) return
    const after = { name, zone, language: language || before.language }
    const changed = (['name', 'zone', 'language'] as const).filter(field => after[field] !== before[field])
    if (changed.length === 0) return
    await tx.update(users).set({ name, timeZone: zone, locale: after.language }).where(eq(users.id, userId))
    const doer = { kind: 'user' as const, userId, ...(from && { from }) }
    const data = Object.fromEntries(changed.map(field => [field, true]))
    await recordForPerson(tx, doer, { name: 'account.edited', userId, data })
  })
}
