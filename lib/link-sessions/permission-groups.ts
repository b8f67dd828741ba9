import type { Connector, Permissions } from '#lib/connectors/contract.ts'
import type { ConsentWording } from '#lib/db/schema/index.ts'
import type { Say } from '#lib/intl.ts'

/** The rows of each group below `permissions` in a connector's messages, in the order of the screen. */
const groups = ['reads', 'writes', 'never'] as const
const mostRows = 12

/**
 * What is read, written and never touched, in a recruiter's words. The screen and the consent that is kept are made from
 * this same list. Rows are numbered messages (`<connector>.permissions.reads.1.what`), so that a connector has as many as it needs.
 */
export function permissionGroups(
  say: Say,
  connector: Connector,
  permissions: Permissions,
): ConsentWording['groups'] {
  const of = `${connector.manifest.id}.permissions`
  return groups
    .filter(group => group !== 'writes' || permissions === 'read_write')
    .map(group => ({ title: say(`${of}.${group}.title`), rows: rowsOf(say, `${of}.${group}`) }))
}

function rowsOf(say: Say, of: string): ConsentWording['groups'][number]['rows'] {
  const rows: ConsentWording['groups'][number]['rows'] = []
  for (let n = 1; n <= mostRows && say.has(`${of}.${n}.what`); n++) {
    const scope = say.has(`${of}.${n}.scope`) ? { scope: say(`${of}.${n}.scope`) } : {}
    rows.push({ what: say(`${of}.${n}.what`), why: say(`${of}.${n}.why`), ...scope })
  }
  return rows
}
