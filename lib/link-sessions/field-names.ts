import { connectors } from '#lib/connectors/registry.ts'

const fields = Object.values(connectors).flatMap(({ manifest }) => manifest.fields)

/** Every name that a key form may send: the fields of all connectors and the connection's name. */
export const typedNames: readonly string[] = ['name', ...new Set(fields.map(field => field.id))]

/** Fields that are never kept outside of a seal, of whatever connector. */
export const secretFields: ReadonlySet<string> = new Set(
  fields.filter(field => field.kind === 'secret').map(field => field.id),
)
