import { Tile } from '#components/ui/tile.tsx'
import { type Check, Checks } from '#components/wizard/doctor.tsx'
import type { Receipt, Revoked, Say } from '#lib/views.ts'
import { atsName } from './words.ts'

type Props = { say: Say; receipt: Receipt; monogram: string; host: string }

/** The receipt itself: what was deleted, line by line with its time, and by whom. */
export function ReceiptSlip({ say, receipt, monogram, host }: Props) {
  const { name, number, deletedAt, environment, deletedByName: person } = receipt
  return (
    <section
      aria-labelledby="receipt"
      className="w-full max-w-[680px] justify-self-center overflow-clip rounded-xl border border-line bg-surface"
    >
      <div className="flex flex-wrap items-start gap-3.5 border-b border-dashed border-rim px-5.5 py-4.5 max-mid:px-4">
        <Tile monogram={monogram} look={environment === 'sandbox' ? 'sandbox' : 'plain'} />
        <div className="min-w-0 flex-1 max-mid:basis-[calc(100%-60px)]">
          <h2 id="receipt">{say('connections.receipt.heading')}</h2>
          <p className="text-sm wrap-anywhere text-muted">
            {name}, <span className="font-mono">{host}</span>
          </p>
        </div>
        <p className="font-mono text-sm whitespace-nowrap">
          <span className="sr-only">{say('connections.receipt.number', { number: '' })}</span>
          {number}
        </p>
      </div>
      <Checks items={linesOf(say, receipt)} />
      <p className="border-t border-dashed border-rim px-5.5 py-4 text-sm text-muted max-mid:px-4">
        {say('connections.receipt.by', { person, at: say.dateTime(deletedAt) })}
      </p>
    </section>
  )
}

/** What happened, each at its time. All of one deletion takes effect at one moment. */
function linesOf(say: Say, receipt: Receipt): Check[] {
  const { deletedAt, endedLinks, way } = receipt
  const line = (key: string, title: string, text?: string): Check => ({
    key,
    state: 'passed',
    title,
    text,
    word: <time dateTime={deletedAt.toISOString()}>{say.time(deletedAt)}</time>,
  })
  const of = (word: string) => say(`connections.receipt.${word}`)
  const titles = endedLinks.map(({ title }) => title).join(', ')
  return [
    line('unusable', of('unusable'), of(way === 'oauth' ? 'unusable_text_grant' : 'unusable_text')),
    line('links', say('connections.receipt.links', { count: endedLinks.length }), titles),
    way === 'oauth'
      ? line('destroyed', of('destroyed_tokens'), of('destroyed_tokens_text'))
      : line('destroyed', of('destroyed'), of('destroyed_text')),
    receipt.revoked ? grantLine(say, receipt, receipt.revoked) : revokedLine(say, receipt),
  ]
}

function revokedLine(say: Say, receipt: Receipt): Check {
  const { revokedAt, revokedByName: person } = receipt
  const ats = atsName(say, receipt)
  const title = say('connections.receipt.revoked', { ats })
  if (!revokedAt || !person) {
    const text = say('connections.receipt.revoked_open', { ats })
    return { key: 'revoked', state: 'waiting', title, text, word: say('connections.receipt.open') }
  }
  return {
    key: 'revoked',
    state: 'passed',
    title,
    text: say('connections.receipt.revoked_said', { person }),
    word: <time dateTime={revokedAt.toISOString()}>{say.dateTime(revokedAt)}</time>,
  }
}

/** Whether and when it was proven that a grant is dead at the ATS; where we could not, whether somebody said so. */
function grantLine(say: Say, receipt: Receipt, revoked: Revoked): Check {
  const ats = atsName(say, receipt)
  const of = (word: string, values = {}) => say(`connections.receipt.${word}`, { ats, ...values })
  const title = of('revoked_grant')
  const common = { key: 'revoked', title }
  if (revoked.state === 'proven' && revoked.settledAt) {
    const { settledAt: at } = revoked
    const word = <time dateTime={at.toISOString()}>{say.dateTime(at)}</time>
    return { ...common, state: 'passed', text: of('revoked_proven'), word }
  }
  if (revoked.state === 'waiting') {
    const text = of('revoked_waits', { since: say.dateTime(revoked.since) })
    return { ...common, state: 'waiting', text, word: of('open') }
  }
  const said = revokedLine(say, receipt)
  if (said.state === 'passed') return { ...said, title }
  return { ...common, state: 'waiting', text: of(`revoked_${revoked.state}`), word: of('open') }
}
