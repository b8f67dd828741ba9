import type { WrapContext } from '#lib/crypto/wrap.ts'
import type { dataKeys } from '#lib/db/schema/keys.ts'

type Owned = Pick<typeof dataKeys.$inferSelect, 'id' | 'workspaceId' | 'ownerKind' | 'ownerId'>

/** What is authenticated with a row's wrapped key: whose it is. */
export const wrapContextOf = ({ id, workspaceId, ownerKind, ownerId }: Owned): WrapContext => ({
  dataKeyId: id,
  workspaceId,
  ownerKind,
  ownerId,
})
