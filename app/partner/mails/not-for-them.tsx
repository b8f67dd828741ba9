import { PageHead } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import type { Say } from '#lib/views.ts'

/** For the partner's people who do not own it. */
export function NotForThem({ say }: { say: Say }) {
  return (
    <>
      <PageHead title={say('partner.mails')} />
      <Callout
        tone="info"
        title={say('mails.forbidden_title')}
        action={<ButtonLink href="/partner/customers">{say('mails.forbidden_act')}</ButtonLink>}
      >
        {say('mails.forbidden_text')}
      </Callout>
    </>
  )
}
