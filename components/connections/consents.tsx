import { ButtonLink } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Fold } from '#components/ui/fold.tsx'
import { Scope } from '#components/ui/scope.tsx'
import type { ConsentRow, Say } from '#lib/views.ts'

/** The consents with which a connection was made, newest first: person, time, choice, the words, and the record to take away. */
export function Consents({ say, items, base }: { say: Say; items: readonly ConsentRow[]; base: string }) {
  return (
    <Card
      id="consents"
      title={say('connections.permissions.record')}
      aside={say('connections.permissions.record_text')}
      flush
    >
      {items.length === 0 && (
        <p className="px-5 py-4 text-muted max-mid:px-4">{say('connections.permissions.none')}</p>
      )}
      <ul className="divide-y divide-line">
        {items.map(consent => (
          <ConsentItem key={consent.id} say={say} consent={consent} href={`${base}/consents/${consent.id}`} />
        ))}
      </ul>
    </Card>
  )
}

function ConsentItem({ say, consent, href }: { say: Say; consent: ConsentRow; href: string }) {
  const { personName: person, agreedAt, permissions, scopes, wording, locale } = consent
  return (
    <li className="grid gap-3 px-5 py-4 max-mid:px-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-semibold">
            {say('connections.permissions.agreed', { person, at: say.dateTime(agreedAt) })}
          </p>
          <p className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
            {say(`connections.permissions.${permissions}`)}
            {scopes.map(scope => (
              <Scope key={scope}>{scope}</Scope>
            ))}
          </p>
        </div>
        <ButtonLink href={href} size="sm" icon="download" download>
          {say('connections.permissions.download')}
        </ButtonLink>
      </div>
      <Fold summary={say('connections.permissions.words')}>
        <Wording wording={wording} locale={locale} />
      </Fold>
    </li>
  )
}

function Wording({ wording, locale }: Pick<ConsentRow, 'wording' | 'locale'>) {
  return (
    <div lang={locale} className="grid gap-4">
      <p className="font-semibold">{wording.title}</p>
      {wording.groups.map(group => (
        <div key={group.title}>
          <h3 className="text-base">{group.title}</h3>
          <ul className="grid gap-1.5 pt-1">
            {group.rows.map(row => (
              <li key={row.what}>
                <span className="font-medium">{row.what}</span> <span className="text-muted">{row.why}</span>{' '}
                {row.scope && <Scope>{row.scope}</Scope>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
