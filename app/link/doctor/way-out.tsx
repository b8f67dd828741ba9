import { SecretField } from '#components/ui/affix-field.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { WayOut } from '#components/wizard/doctor.tsx'
import { OpenThere } from '#components/wizard/guide-panel.tsx'
import { accountAddress } from '#lib/link-sessions/account-address.ts'
import { scopesFor } from '#lib/link-sessions/scopes.ts'
import { ScopeChips } from '../guide.tsx'
import type { At } from '../step-page.tsx'

/** A new key: where it is made, what to tick (the missing one first), and its field, in the row of the problem. */
export function NewKey({ at, missing }: { at: At; missing: readonly string[] }) {
  const { say, walk } = at
  const { connector, progress } = walk
  if (!connector) return null
  const ats = connector.manifest.name
  const scopes = scopesFor(connector, progress.answers.permissions ?? 'read')
  const sorted = [...missing, ...scopes.filter(scope => !missing.includes(scope))]
  const tick = missing.length > 0 ? 'wizard.check.tick_missing' : 'wizard.check.tick'
  return (
    <form method="post" action={at.to('check/again')}>
      <WayOut
        title={say('wizard.check.way_out')}
        steps={[
          { key: 'make', words: <Make at={at} ats={ats} /> },
          {
            key: 'tick',
            words: (
              <>
                <p>{say(tick, { count: missing.length })}</p>
                <ScopeChips at={at} scopes={sorted} tick={missing} />
              </>
            ),
          },
          { key: 'paste', words: <PasteKey at={at} /> },
        ]}
        actions={
          <SubmitButton icon="refresh-cw" busy={say('wizard.check.again_busy')}>
            {say('wizard.check.again')}
          </SubmitButton>
        }
      />
    </form>
  )
}

function Make({ at: { say, walk }, ats }: { at: At; ats: string }) {
  const href = accountAddress(walk)?.settingsUrl
  const label = say(`${walk.connector?.manifest.id}.guide.deepLink`)
  return (
    <>
      <p>{say('wizard.check.make', { ats })}</p>
      {href && (
        <p>
          <OpenThere link={{ href, label, newTab: say('wizard.new_tab') }} />
        </p>
      )}
    </>
  )
}

function PasteKey({ at }: { at: At }) {
  const { say, walk, form } = at
  const field = walk.connector?.manifest.fields.find(each => each.kind === 'secret')
  if (!field) return null
  return (
    <SecretField
      id={field.id}
      name={field.id}
      label={say('wizard.check.paste')}
      hint={say('wizard.check.left_empty')}
      error={form.error(field.id)}
      show={say('forms.show')}
    />
  )
}
