import { z } from 'zod'
import type { MemberActor } from '#lib/actors.ts'
import { record } from '#lib/audit/record.ts'
import { type Tx, transaction } from '#lib/db/client.ts'
import { numbers } from '#lib/db/schema/index.ts'
import { GangwayError, invalid } from '#lib/errors.ts'
import type { Fields } from '#lib/forms/parse.ts'
import { newId } from '#lib/ids.ts'
import { mustBeAllowed } from '#lib/members/roles.ts'
import { type NumberFields, numberFields, sameNumber } from './fields.ts'
import { holdDigits } from './lock.ts'

/**
 * Adds a telephone number to the workspace. `fields.id`, a uuid that the form was given when it was shown, makes a double press
 * one number. Throws `forbidden`, and `invalid` with the problems at their fields: the same number twice is one, at `number`.
 */
export async function addNumber(actor: MemberActor, fields: Fields): Promise<{ id: string }> {
  mustBeAllowed(actor, 'manage_integrations')
  const wanted = z.uuid().safeParse(fields.id)
  const id = wanted.success ? wanted.data : newId()
  return transaction(async tx => {
    const values = await numberFields(tx, actor, fields)
    await holdDigits(tx, actor, values.e164)
    const same = await sameNumber(tx, actor, values.e164)
    if (same && same.id !== id) throw invalid({ number: same.problem })
    if (!same) await insert(tx, actor, id, values)
    return { id }
  })
}

async function insert(tx: Tx, actor: MemberActor, id: string, values: NumberFields): Promise<void> {
  const made = await tx
    .insert(numbers)
    .values({ id, workspaceId: actor.workspaceId, ...values })
    .onConflictDoNothing({ target: numbers.id })
    .returning({ id: numbers.id })
  if (made.length === 0) throw new GangwayError('conflict', 'number id is taken')
  await record(tx, actor, {
    name: 'number.added',
    subject: { kind: 'number', id },
    data: { calls: values.carriesCalls, messages: values.carriesMessages },
  })
}
