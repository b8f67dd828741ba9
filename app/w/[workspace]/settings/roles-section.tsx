import { Icon } from '#components/ui/icon.tsx'
import { Table } from '#components/ui/table.tsx'
import { memberRoles } from '#lib/actors.ts'
import { acts, can } from '#lib/members/roles.ts'
import type { Say } from '#lib/views.ts'

/** What each role may do, as the program itself reads it. */
export function RolesSection({ say }: { say: Say }) {
  const columns = memberRoles.map(role => ({
    key: role,
    label: say(`roles.${role}`),
    narrowLabel: say(`roles.${role}`),
  }))
  return (
    <section aria-labelledby="what" className="grid gap-3">
      <h2 id="what">{say('roles.what')}</h2>
      <Table
        caption={say('roles.what')}
        columns={[{ key: 'act', label: say('roles.act') }, ...columns]}
        rows={acts.map(act => ({
          key: act,
          cells: [
            say(`roles.acts.${act}`),
            ...memberRoles.map(role => (
              <span key={role} className="inline-flex">
                <Icon
                  name={can(role, act) ? 'check' : 'x'}
                  className={can(role, act) ? 'text-ok' : 'text-faint'}
                />
                <span className="sr-only">{say(can(role, act) ? 'app.yes' : 'app.no')}</span>
              </span>
            )),
          ],
        }))}
      />
    </section>
  )
}
