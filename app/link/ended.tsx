import { ErrorPage } from '#components/shell/error-page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { PageManners } from '#components/ui/page-manners.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { Say } from '#lib/views.ts'
import { SupportWords } from '../web/words.tsx'

/** A walk that lived too long without a step, or was started again elsewhere. */
export function Ended({ session, say }: { session: string; say: Say }) {
  return (
    <>
      <PageManners />
      <ErrorPage
        brand={{ name: say('app.name'), href: '/' }}
        title={say('wizard.ended.title')}
        lead={say('wizard.ended.lead')}
        actions={
          <form method="post" action={`/link/${session}/start-again`} className="flex flex-wrap gap-2">
            <SubmitButton busy={say('wizard.ended.busy')}>{say('wizard.ended.again')}</SubmitButton>
            <ButtonLink href="/">{say('refused.home')}</ButtonLink>
          </form>
        }
        facts={<SupportWords say={say} />}
      />
    </>
  )
}
