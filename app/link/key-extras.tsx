import { Fold } from '#components/ui/fold.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Field } from '#lib/connectors/manifest.ts'
import { KeyField } from './key-field.tsx'
import type { At } from './step-page.tsx'

/** What a connection is called; filled in. */
export function NameField({ at, large }: { at: At; large?: boolean }) {
  const { say, walk, form } = at
  const ats = walk.connector?.manifest.name ?? ''
  const usual = say('wizard.enter.usual_name', { ats, workspace: walk.workspace.name })
  return (
    <TextField
      id="name"
      name="name"
      large={large}
      label={say(large ? 'wizard.enter.form_name' : 'wizard.enter.name')}
      defaultValue={form.value('name', walk.progress.answers.name || usual)}
      error={form.error('name')}
      autoComplete="off"
    />
  )
}

/** Folded away under the key: the connection's name and the fields that the manifest puts there. Open where one is wrong. */
export function KeyExtras({ at, fields }: { at: At; fields: readonly Field[] }) {
  const open = ['name', ...fields.map(field => field.id)].some(id => at.form.error(id))
  return (
    <Fold summary={at.say('wizard.enter.more')} open={open}>
      <NameField at={at} />
      {fields.map(field => (
        <KeyField key={field.id} at={at} field={field} />
      ))}
    </Fold>
  )
}
