import { ButtonLink } from '#components/ui/button.tsx'
import { WayOut } from '#components/wizard/doctor.tsx'
import type { At } from '../step-page.tsx'

/** Of a grant the ways out are two: somebody who may see it signs in, or it is another account. */
export function SignInAgain({ at }: { at: At }) {
  const { say, walk } = at
  const text = say('wizard.grant_check.way_out_text', { ats: walk.connector?.manifest.name ?? '' })
  return (
    <WayOut
      title={say('wizard.grant_check.way_out')}
      steps={[{ key: 'sign-in', words: <p>{text}</p> }]}
      actions={
        <>
          <ButtonLink href={at.to('sign-in')} variant="primary" icon="log-in">
            {say('wizard.grant_check.sign_in')}
          </ButtonLink>
          <ButtonLink href={at.to('account')}>{say('wizard.grant_check.choose')}</ButtonLink>
        </>
      }
    />
  )
}
