import type { KeyObject } from 'node:crypto'
import { decrypt, encrypt, lengthPrefixed, SealError } from './aead.ts'
import { Secret } from './secret.ts'

export { SealError } from './aead.ts'

const version = 'cv1'
const suite = 'aes256gcm'
const sealedText = /^cv1\.aes256gcm\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{16})\.([\w-]+)$/

/**
 * Where a sealed text stands. It opens nowhere else: not in another workspace, table, column or row, and not as another
 * generation of the same row. `rowId` is the row's uuid and never changes; `generation` counts from 1.
 */
export type SealContext = {
  workspaceId: string
  table: string
  column: string
  rowId: string
  generation: number
}

/** An owner's own key, unwrapped. A KeyObject and not bytes: it cannot be printed, logged or serialised by mistake. */
export type DataKey = { id: string; key: KeyObject }

const placeOf = (context: SealContext, dataKeyId: string): Buffer =>
  lengthPrefixed([
    'gangway',
    version,
    suite,
    dataKeyId,
    context.workspaceId,
    context.table,
    context.column,
    context.rowId,
    String(context.generation),
  ])

/**
 * Seals a secret for its place under a data key. The text is `cv1.<suite>.<data key's id>.<nonce>.<ciphertext and tag>`, the
 * last two in base64url. SealError when the secret holds half a character: it would not come back as it was.
 */
export function seal(context: SealContext, dataKey: DataKey, secret: Secret): string {
  const text = secret.reveal()
  if (!text.isWellFormed()) throw new SealError()
  const { nonce, body } = encrypt(dataKey.key, placeOf(context, dataKey.id), Buffer.from(text, 'utf8'))
  return `${version}.${suite}.${dataKey.id}.${nonce}.${body}`
}

/** Opens what `seal` made for this place under this data key; SealError for anything else, without saying what was wrong. */
export function open(context: SealContext, dataKey: DataKey, sealed: string): Secret {
  const [, dataKeyId, nonce, body] = sealedText.exec(sealed) ?? []
  if (dataKeyId !== dataKey.id || nonce === undefined || body === undefined) throw new SealError()
  return new Secret(decrypt(dataKey.key, placeOf(context, dataKey.id), { nonce, body }).toString('utf8'))
}
