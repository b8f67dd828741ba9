import { constants, gunzipSync } from 'node:zlib'
import { sqlClient } from '#lib/db/client.ts'

/** A secret that can be searched for: no other text looks like it. For tests. */
export const newCanary = (): string => `CNRY${crypto.randomUUID()}`

const base64At = (bytes: Buffer, offset: number): string => {
  const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  // The first and the last sign also hold bits of what stands beside the secret.
  return shifted.slice(offset === 0 ? 0 : offset + 1, bytes.length % 3 === (3 - offset) % 3 ? undefined : -1)
}

const forms: Record<string, (bytes: Buffer) => string[]> = {
  raw: bytes => [bytes.toString()],
  reversed: bytes => [[...bytes.toString()].reverse().join('')],
  hex: bytes => [bytes.toString('hex')],
  base64: bytes => [0, 1, 2].map(offset => base64At(bytes, offset)),
  base64url: bytes =>
    [0, 1, 2].map(offset => base64At(bytes, offset).replace(/\+/g, '-').replace(/\//g, '_')),
  'URL-encoded': bytes => [[...bytes].map(byte => `%${byte.toString(16)}`).join('')],
  'JSON-escaped': bytes => [[...bytes].map(byte => `\\u00${byte.toString(16)}`).join('')],
}

function inflated(text: string): string[] {
  const hex = text.match(/1f8b08[0-9a-f]{20,}/gi) ?? []
  const base64 = text.match(/H4sI[\w+/-]{16,}/g) ?? []
  const packed = [
    ...hex.map(one => Buffer.from(one, 'hex')),
    ...base64.map(one => Buffer.from(one, 'base64')),
  ]
  return packed.flatMap(bytes => {
    try {
      return [gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1')]
    } catch {
      return []
    }
  })
}

const caseless = new Set(['hex', 'URL-encoded', 'JSON-escaped', 'raw'])

/** Gets a text ready to be searched for many canaries: what it gives says in which forms one stands there. For tests. */
export function searchIn(text: string): (canary: string) => string[] {
  const folded = text.toLowerCase()
  const packed = inflated(text).map(searchIn)
  return canary => {
    const bytes = Buffer.from(canary)
    const found = Object.entries(forms).flatMap(([name, write]) =>
      write(bytes).some(form =>
        caseless.has(name) ? folded.includes(form.toLowerCase()) : text.includes(form),
      )
        ? [name]
        : [],
    )
    return [...found, ...packed.flatMap(search => search(canary).map(name => `gzip, ${name}`))]
  }
}

/** In which forms a canary stands in a text: as it is, encoded, reversed, packed. Empty when it does not. For tests. */
export const leaksIn = (text: string, canary: string): string[] => searchIn(text)(canary)

/** Where in the whole database canaries stand, as `schema.table: form`: a full COPY of every table is searched. For tests. */
export async function leaksInDatabase(...canaries: readonly string[]): Promise<string[]> {
  const sql = sqlClient()
  const tables = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1, 2`
  const found: string[] = []
  for (const { schema, name } of tables) {
    const chunks: Buffer[] = []
    for await (const chunk of await sql`copy ${sql(schema)}.${sql(name)} to stdout`.readable())
      chunks.push(chunk)
    // COPY doubles backslashes.
    const search = searchIn(Buffer.concat(chunks).toString('latin1').replaceAll('\\\\', '\\'))
    found.push(...canaries.flatMap(search).map(form => `${schema}.${name}: ${form}`))
  }
  return found
}
