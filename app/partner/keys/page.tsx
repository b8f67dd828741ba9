import { Page, PageHead } from '#components/shell/page.tsx'
import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { Empty } from '#components/ui/empty.tsx'
import type { IconName } from '#components/ui/icon.tsx'
import { Rich } from '#components/ui/rich.tsx'
import { Table } from '#components/ui/table.tsx'
import { type KeysView, readKeyState } from '#lib/partners/key-state.ts'
import { partnerCan } from '#lib/partners/roles.ts'
import type { Say } from '#lib/views.ts'
import { type AtPartner, enterPartnerPage } from '../../web/here.ts'
import { PartnerFrame } from '../../web/partner-frame.tsx'
import { pageTitle } from '../../web/words.tsx'

const whileRotating = 5

export async function generateMetadata() {
  const { say } = await enterPartnerPage()
  return pageTitle(say, say('partner.keys'))
}

/** The state of the encryption keys: which there are, what each wraps, what is next. Never a key. */
export default async function KeysPage() {
  const at = await enterPartnerPage()
  const { say, actor } = at
  return (
    <PartnerFrame at={at} place="keys">
      <Page>
        <PageHead title={say('partner.keys')} lead={say('partner.keys_page.lead')} />
        {partnerCan(actor.role, 'see_keys') ? (
          <Keys at={at} />
        ) : (
          <Empty
            icon="lock"
            title={say('partner.keys_page.not_yours_title')}
            text={say('partner.keys_page.not_yours_text')}
          />
        )}
      </Page>
    </PartnerFrame>
  )
}

async function Keys({ at: { say, actor } }: { at: AtPartner }) {
  const view = await readKeyState(actor)
  return (
    <>
      <Next say={say} view={view} />
      <KeysTable say={say} view={view} />
      <p className="text-sm text-muted">{say('partner.keys_page.as_this_process')}</p>
      {view.rotation && <AutoRefresh seconds={whileRotating} />}
    </>
  )
}

const tones = {
  none: 'ok',
  rotate: 'info',
  restart: 'info',
  take_out: 'info',
  lacking: 'bad',
  differs: 'bad',
} as const

function Next({ say, view: { next, rotation } }: { say: Say; view: KeysView }) {
  const step = rotation ? 'running' : next.step
  const values = {
    ...('ids' in next ? { ids: next.ids.join(', ') } : {}),
    ...(next.step === 'rotate' ? { count: next.dataKeys, primary: next.primary } : {}),
    ...(rotation
      ? {
          done: rotation.done,
          all: rotation.all,
          pace: Math.round(rotation.pace),
          minutes: Math.round(rotation.secondsLeft / 60),
        }
      : {}),
  }
  return (
    <Callout
      tone={tones[next.step]}
      title={say(`partner.keys_page.steps.${step}.title`, values)}
      role="status"
    >
      <Rich>{say(`partner.keys_page.steps.${step}.text`, values)}</Rich>
    </Callout>
  )
}

const checkLooks = {
  matches: ['circle-check', 'ok'],
  differs: ['octagon-alert', 'bad'],
  'not seen yet': ['hourglass', 'info'],
  'cannot be told': ['circle-dashed', 'plain'],
} as const satisfies Record<KeysView['keys'][number]['check'], readonly [IconName, Tone]>

function KeysTable({ say, view }: { say: Say; view: KeysView }) {
  const words = (key: string) => say(`partner.keys_page.${key}`)
  return (
    <Table
      caption={words('caption')}
      columns={[
        { key: 'key', label: words('key') },
        { key: 'place', label: words('place'), narrow: 'line' },
        { key: 'check', label: words('check') },
        { key: 'data_keys', label: words('data_keys'), align: 'end', narrowLabel: words('data_keys') },
      ]}
      rows={view.keys.map(({ id, place, check, dataKeys, retiredAt }) => {
        const [icon, tone] = checkLooks[check]
        return {
          key: id,
          cells: [
            <code key="id">{id}</code>,
            words(`places.${place}`),
            retiredAt ? (
              <Badge key="check" icon="lock">
                {say('partner.keys_page.retired', { date: say.date(retiredAt) })}
              </Badge>
            ) : (
              <Badge key="check" icon={icon} tone={tone}>
                {words(`checks.${check.replaceAll(' ', '_')}`)}
              </Badge>
            ),
            say.number(dataKeys),
          ],
        }
      })}
    />
  )
}
