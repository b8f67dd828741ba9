import { PublicShell } from '#components/shell/public-shell.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { formView, type Search } from '../../web/form-view.ts'
import { sayOfPage } from '../../web/here.ts'
import { publicFrame } from '../../web/public-frame.tsx'
import { pageTitle } from '../../web/words.tsx'

export const generateMetadata = async () => {
  const say = await sayOfPage()
  return pageTitle(say, say('passwordReset.title'))
}

/** Asks for the address to which a link for a new password goes. */
export default async function ForgottenPage({ searchParams }: { searchParams: Search }) {
  const say = await sayOfPage()
  const form = await formView(say, 'password-ask', searchParams)
  return (
    <PublicShell {...publicFrame(say)} title={say('passwordReset.title')} lead={say('passwordReset.lead')}>
      <form method="post" action="/password/ask" className="grid gap-4">
        <TextField
          large
          id="email"
          name="email"
          type="text"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          label={say('passwordReset.email')}
          defaultValue={form.value('email')}
          error={form.error('email') ?? form.error('')}
        />
        <SubmitButton size="lg" block busy={say('passwordReset.busy')}>
          {say('passwordReset.submit')}
        </SubmitButton>
      </form>
      <p className="text-sm">
        <a href="/sign-in">{say('passwordReset.back')}</a>
      </p>
    </PublicShell>
  )
}
