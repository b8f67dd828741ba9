import { ButtonLink } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import type { PositionLink, Say } from '#lib/views.ts'
import { atsName } from '../../../../../web/words.tsx'

/** Asks before a position is unlinked; it has an address of its own, so it works without scripts. */
export function UnlinkDialog({ say, link, settings }: { say: Say; link: PositionLink; settings: string }) {
  const unlink = settings.replace(/settings$/, 'unlink')
  return (
    <Dialog
      id="unlink"
      tone="bad"
      icon="unlink"
      title={say('positions.unlink_title', { job: link.job.title })}
      text={say('positions.unlink_text', { ats: atsName(say, link.connector) })}
      close={settings}
      foot={
        <>
          <ButtonLink href={settings}>{say('positions.keep')}</ButtonLink>
          <form method="post" action={unlink}>
            <SubmitButton variant="danger" busy={say('positions.unlinking')}>
              {say('positions.unlink')}
            </SubmitButton>
          </form>
        </>
      }
    />
  )
}
