import { InvitationsTable } from '#components/people/invitations-table.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { now } from '#lib/clock.ts'
import { listInvitations } from '#lib/members/list-invitations.ts'
import { rolesToGive } from '#lib/members/may-manage.ts'
import type { Here } from '../../../web/here.ts'

/** Who is invited and has not joined yet, for those who manage people. */
export async function InvitationsSection(props: { here: Here; base: string; after: unknown }) {
  const { base } = props
  const { say, actor } = props.here
  const after = typeof props.after === 'string' ? props.after : ''
  const { rows, more } = await listInvitations(actor, after)
  const last = rows.at(-1)
  return (
    <section aria-labelledby="invitations" className="grid gap-3">
      <h2 id="invitations">{say('people.invitations.title')}</h2>
      {rows.length === 0 && <p className="text-muted">{say('people.invitations.none')}</p>}
      {rows.length > 0 && (
        <InvitationsTable say={say} rows={rows} base={base} now={now()} mayManage={rolesToGive(actor.role)} />
      )}
      {(more || after) && (
        <Pager
          label={say('people.invitations.pages')}
          shown={say('people.invitations.shown', { count: rows.length })}
          earlier={{ label: say('people.first'), href: after ? base : undefined }}
          next={{ label: say('people.next'), href: more && last ? `${base}?invited=${last.id}` : undefined }}
        />
      )}
    </section>
  )
}
