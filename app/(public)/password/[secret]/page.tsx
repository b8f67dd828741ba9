import { PublicShell } from '#components/shell/public-shell.tsx'
import { SecretField } from '#components/ui/affix-field.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { isResetLink } from '#lib/members/reset-password.ts'
import { formView, type Search } from '../../../web/form-view.ts'
import { sayOfPage } from '../../../web/here.ts'
import { publicFrame } from '../../../web/public-frame.tsx'
import { pageTitle } from '../../../web/words.tsx'

export const generateMetadata = async () => {
  const say = await sayOfPage()
  return pageTitle(say, say('passwordReset.new_title'))
}

type Props = { params: Promise<{ secret: string }>; searchParams: Search }

/** The page of the link from the mail. Looking at it does not use the link up: mail scanners look too. */
export default async function NewPasswordPage({ params, searchParams }: Props) {
  const { secret } = await params
  const say = await sayOfPage()
  if (!(await isResetLink(secret)))
    return (
      <PublicShell
        {...publicFrame(say)}
        title={say('passwordReset.gone_title')}
        lead={say('passwordReset.gone')}
      >
        <div className="flex flex-wrap gap-2">
          <ButtonLink size="lg" href="/password">
            {say('passwordReset.ask_new')}
          </ButtonLink>
          <ButtonLink size="lg" variant="quiet" href="/sign-in">
            {say('passwordReset.back')}
          </ButtonLink>
        </div>
      </PublicShell>
    )
  const form = await formView(say, 'password-set', searchParams)
  return (
    <PublicShell
      {...publicFrame(say)}
      title={say('passwordReset.new_title')}
      lead={say('passwordReset.new_lead')}
    >
      <form method="post" action={`/password/${secret}/set`} className="grid gap-4">
        <SecretField
          id="password"
          name="password"
          kind="password"
          autoComplete="new-password"
          required
          label={say('passwordReset.password')}
          hint={say('passwordReset.password_hint')}
          error={form.error('password') ?? form.error('')}
          show={say('forms.show')}
        />
        <SubmitButton size="lg" block busy={say('passwordReset.setting')}>
          {say('passwordReset.set')}
        </SubmitButton>
      </form>
    </PublicShell>
  )
}
