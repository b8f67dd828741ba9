import { ConnectForm } from '#components/positions/connect-form.tsx'
import { Card } from '#components/ui/card.tsx'
import { CrossingAhead } from '#components/ui/crossing.tsx'
import { listConnections } from '#lib/connections/list.ts'
import { whereToSignIn } from '#lib/link-sessions/offers-sign-in.ts'
import { can } from '#lib/members/roles.ts'
import type { PositionRow } from '#lib/views.ts'
import type { Here } from '../../../../web/here.ts'
import { Linked } from './linked.tsx'

type Props = { here: Here; position: PositionRow; base: string }

/** The section Connect ATS: the way to the wizard, or the link that there is. */
export function LinkSection(props: Props) {
  const { position } = props
  return position.link ? <Linked {...props} link={position.link} /> : <NotLinked {...props} />
}

async function NotLinked({ here, position, base }: Props) {
  const { say, actor } = here
  const may = can(actor.role, 'connect')
  const closed = position.state === 'closed'
  const text = closed ? 'connect_closed' : may ? 'connect_text' : 'connect_viewer'
  return (
    <section aria-labelledby="ats">
      <Card flush>
        <div className="grid justify-items-center gap-4.5 px-6 py-9 text-center">
          <CrossingAhead here={{ icon: 'briefcase' }} />
          <div className="grid justify-items-center gap-1">
            <h2 id="ats" className="text-lg">
              {say('positions.connect_title')}
            </h2>
            <p className="max-w-[52ch] text-muted">{say(`positions.${text}`)}</p>
          </div>
          {may && !closed && (
            <>
              <ConnectForm say={say} position={`${base}/${position.id}`} label={say('positions.connect')} />
              <p className="max-w-[52ch] text-sm text-faint">{await noteOf(here)}</p>
            </>
          )}
        </div>
      </Card>
    </section>
  )
}

/** What it takes: an admin of the ATS for a key, less by signing in, nobody else where a connection is there that can be used. */
async function noteOf({ say, actor }: Here): Promise<string> {
  const [[usable, ...others], signsIn] = await Promise.all([
    listConnections(actor, { usable: true }),
    whereToSignIn(actor),
  ])
  if (!usable) return say(signsIn.size > 0 ? 'positions.connect_note_ways' : 'positions.connect_note')
  return say('positions.connect_note_there', { name: usable.name, count: others.length + 1 })
}
