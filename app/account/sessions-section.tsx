import { SettingsSection } from '#components/shell/page.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { Card, CardRow, CardRows } from '#components/ui/card.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { listSessions, type SessionRow } from '#lib/members/sessions.ts'
import type { Say } from '#lib/views.ts'
import type { Person } from '../web/here.ts'
import { browserWords } from '../web/words.tsx'

/** Where a person is signed in, and the ways to end it. */
export async function SessionsSection({ person: { say, actor } }: { person: Person }) {
  const { rows, more } = await listSessions(actor)
  return (
    <SettingsSection id="sessions" title={say('account.sessions.title')} divided>
      <p className="max-w-[60ch] text-muted">{say('account.sessions.text')}</p>
      <Card flush>
        <CardRows>
          {rows.map(row => (
            <SessionLine key={row.id} say={say} row={row} />
          ))}
        </CardRows>
      </Card>
      {rows.length > 1 ? (
        <form method="post" action="/account/sessions/end-others" className="grid justify-items-start gap-2">
          <SubmitButton variant="plain" icon="log-out" busy={say('account.sessions.ending')}>
            {say('account.sessions.end_others')}
          </SubmitButton>
          <p className="text-sm text-muted">
            {more && <>{say('account.sessions.more')} </>}
            {say('account.sessions.end_others_text')}
          </p>
        </form>
      ) : (
        <p className="text-sm text-muted">{say('account.sessions.alone')}</p>
      )}
    </SettingsSection>
  )
}

function SessionLine({ say, row }: { say: Say; row: SessionRow }) {
  const browser = browserWords(say)(row.userAgent) || say('account.sessions.unknown')
  const begun = say('account.sessions.begun', { when: say.dateTime(row.createdAt) })
  const used = say('account.sessions.used', { when: say.dateTime(row.lastUsedAt) })
  const from = row.address && say('account.sessions.from', { address: row.address })
  const which = say('account.sessions.end_spoken', { browser, when: say.dateTime(row.createdAt) })
  return (
    <CardRow
      title={<bdi>{browser}</bdi>}
      text={
        <>
          {from && <span className="block">{from}</span>}
          <span className="block">{`${begun} · ${used}`}</span>
        </>
      }
      end={
        row.current ? (
          <Badge kind="active">{say('account.sessions.this_one')}</Badge>
        ) : (
          <EndForm say={say} id={row.id} which={which} />
        )
      }
    />
  )
}

function EndForm({ say, id, which }: { say: Say; id: string; which: string }) {
  return (
    <form method="post" action="/account/sessions/end">
      <input type="hidden" name="session" value={id} />
      <SubmitButton variant="plain" size="sm" busy={say('account.sessions.ending')}>
        {say('account.sessions.end')}
        <span className="sr-only">: {which}</span>
      </SubmitButton>
    </form>
  )
}
