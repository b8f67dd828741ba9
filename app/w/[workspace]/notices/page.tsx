import { NoticeList } from '#components/notices/notice-list.tsx'
import { Page, PageHead } from '#components/shell/page.tsx'
import { Empty } from '#components/ui/empty.tsx'
import { Pager } from '#components/ui/pager.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { listNotices } from '#lib/notices/list.ts'
import type { Search } from '../../../web/form-view.ts'
import { Frame } from '../../../web/frame.tsx'
import { enterPage } from '../../../web/here.ts'
import { pageTitle } from '../../../web/words.tsx'

type Props = { params: Promise<{ workspace: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props) {
  const { say } = await enterPage((await params).workspace)
  return pageTitle(say, say('notices.title'))
}

/** What she was told in this workspace, each with the step that mends it. */
export default async function NoticesPage({ params, searchParams }: Props) {
  const here = await enterPage((await params).workspace)
  const { say, actor, workspace } = here
  const { after } = await searchParams
  const from = typeof after === 'string' ? after : undefined
  const base = `/w/${workspace.slug}/notices`
  const { rows, more } = await listNotices(actor, from)
  const [newest, last] = [rows.at(0), rows.at(-1)]
  return (
    <Frame here={here} place="notices">
      <Page>
        <PageHead
          title={say('notices.title')}
          lead={say('notices.lead')}
          actions={
            here.notices > 0 && newest && !from ? (
              <form method="post" action={`${base}/seen`}>
                <input type="hidden" name="newest" value={newest.id} />
                <SubmitButton variant="plain" icon="check" busy={say('notices.marking')}>
                  {say('notices.mark_seen')}
                </SubmitButton>
              </form>
            ) : undefined
          }
        />
        {rows.length === 0 ? (
          <Empty icon="bell" title={say('notices.empty_title')} text={say('notices.empty_text')} />
        ) : (
          <div>
            <NoticeList say={say} base={`/w/${workspace.slug}`} rows={rows} />
            <Pager
              label={say('notices.pages')}
              shown={say('notices.shown', { count: rows.length })}
              earlier={{ label: say('notices.first'), href: from && base }}
              next={{
                label: say('notices.next'),
                href: more && last ? `${base}?after=${last.id}` : undefined,
              }}
            />
          </div>
        )}
      </Page>
    </Frame>
  )
}
