import { ChoiceRadio, Choices } from '#components/ui/choice-card.tsx'
import type { PersonRow, Say } from '#lib/views.ts'

type Role = PersonRow['role']

/** The roles that may be given, each with what it means. */
export function RoleChoices(props: { say: Say; legend: string; roles: readonly Role[]; chosen: string }) {
  const { say, legend, roles, chosen } = props
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-semibold">{legend}</legend>
      <Choices>
        {roles.map(role => (
          <ChoiceRadio
            key={role}
            name="role"
            value={role}
            checked={role === chosen}
            title={say(`roles.${role}`)}
            text={say(`people.role_text.${role}`)}
          />
        ))}
      </Choices>
    </fieldset>
  )
}
