import { createSay, pickLocale } from '#lib/intl.ts'
import { accountHost } from './address.ts'
import type { Receipt } from './receipts.ts'

/** A receipt as a text to keep: what was deleted, line by line with its time (UTC), and by whom; in the reader's language. */
export function receiptFile(
  receipt: Receipt,
  reader: { workspace: string; locale: string },
): { name: string; text: string } {
  const say = createSay(pickLocale(reader.locale), 'UTC')
  const { number, name, accountName, lastFour, way, deletedByName, deletedAt, endedLinks } = receipt
  const of = (word: string, values = {}) => say(`connections.receipt.file.${word}`, values)
  const at = (what: string, moment: Date) => of('at', { what, at: moment.toISOString() })
  const what = (word: string, values = {}) => say(`connections.receipt.${word}`, values)
  const lines = [
    what('heading'),
    what('number', { number }),
    '',
    of('workspace', { workspace: reader.workspace }),
    of('connection', { name }),
    of('account', { account: accountName, host: accountHost(receipt) }),
    ...(lastFour ? [of('key', { lastFour })] : []),
    of('by', { person: deletedByName }),
    '',
    at(what('unusable'), deletedAt),
    at(what('links', { count: endedLinks.length }), deletedAt),
    ...endedLinks.map(({ title }) => of('position', { title })),
    at(what(way === 'oauth' ? 'destroyed_tokens' : 'destroyed'), deletedAt),
    revoked(),
  ]
  return { name: of('name', { number }), text: `${lines.join('\n')}\n` }

  function revoked(): string {
    const { revokedAt, revokedByName: person, revoked: grant } = receipt
    const ats = say(`${receipt.connector}.name`)
    const said = what(grant ? 'revoked_grant' : 'revoked', { ats })
    if (grant?.state === 'proven' && grant.settledAt)
      return `${at(said, grant.settledAt)}. ${what('revoked_proven', { ats })}`
    if (grant?.state === 'waiting')
      return `${of('open', { what: said })}. ${what('revoked_waits', { ats, since: `${grant.since.toISOString()} (UTC)` })}`
    if (!revokedAt || !person) return of('open', { what: said })
    return `${at(said, revokedAt)}. ${what('revoked_said', { person })}`
  }
}
