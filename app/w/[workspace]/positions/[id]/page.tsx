import { Page } from '#components/shell/page.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import type { Search } from '../../../../web/form-view.ts'
import { Frame } from '../../../../web/frame.tsx'
import { ribbonFor } from '../../../../web/ribbon.tsx'
import { pageTitle } from '../../../../web/words.tsx'
import { Candidates } from './candidates.tsx'
import { enterPosition } from './enter-position.ts'
import { LinkSection } from './link-section.tsx'
import { PositionHead } from './position-head.tsx'

type Props = { params: Promise<{ workspace: string; id: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { workspace, id } = await params
  const { here, position } = await enterPosition(workspace, id)
  return pageTitle(here.say, position.title)
}

/** One position: its link, and the candidates of its job. */
export default async function PositionPage({ params, searchParams }: Props) {
  const { workspace, id } = await params
  const { here, position, base } = await enterPosition(workspace, id)
  const { say } = here
  const { candidates } = await searchParams
  const own = `${base}/${position.id}`
  return (
    <Frame here={here} place="positions" ribbon={ribbonFor(say, position.link?.environment)}>
      <Page>
        <PositionHead
          here={here}
          position={position}
          base={base}
          actions={
            <ButtonLink icon="settings" href={`${own}/settings`}>
              {say('positions.gear')}
            </ButtonLink>
          }
        />
        <LinkSection here={here} position={position} base={base} />
        {position.link && (
          <Candidates
            here={here}
            positionId={position.id}
            link={position.link}
            own={own}
            cursor={typeof candidates === 'string' ? candidates : undefined}
          />
        )}
      </Page>
    </Frame>
  )
}
