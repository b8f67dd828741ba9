import { randomUUID } from 'node:crypto'
import type { DataKeyOwner } from '#lib/db/schema/keys.ts'
import type { KeyOwner } from './data-keys.ts'
import type { Place } from './seal-for.ts'

/** An owner of a data key, in a workspace of its own. For tests. */
export const someKeyOwner = (kind: DataKeyOwner = 'connection'): KeyOwner => ({
  workspaceId: randomUUID(),
  kind,
  id: randomUUID(),
})

/** The first generation of an API key in a row of its own. For tests. */
export const someColumn = (): Place => ({
  table: 'credentials',
  column: 'api_key',
  rowId: randomUUID(),
  generation: 1,
})
