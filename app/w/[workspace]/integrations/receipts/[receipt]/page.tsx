import { ReceiptSlip } from '#components/connections/receipt-slip.tsx'
import { atsName } from '#components/connections/words.ts'
import { Crumbs, Page, PageHead } from '#components/shell/page.tsx'
import { AutoRefresh } from '#components/ui/auto-refresh.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { Callout } from '#components/ui/callout.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { accountHost } from '#lib/connections/address.ts'
import { readReceipt } from '#lib/connections/receipts.ts'
import { can } from '#lib/members/roles.ts'
import type { Receipt } from '#lib/views.ts'
import { Frame } from '../../../../../web/frame.tsx'
import { enterPage, type Here } from '../../../../../web/here.ts'
import { orNotFound } from '../../../../../web/or-not-found.ts'
import { ribbonFor } from '../../../../../web/ribbon.tsx'
import { monogramOf, pageTitle } from '../../../../../web/words.tsx'

/** Seconds until the page looks again whether a grant is proven to be dead. */
const askAgain = 5

type Props = { params: Promise<{ workspace: string; receipt: string }> }

async function open({ params }: Props) {
  const { workspace, receipt: id } = await params
  const here = await enterPage(workspace)
  const receipt = await orNotFound(() => readReceipt(here.actor, id))
  return { here, receipt, ats: atsName(here.say, receipt) }
}

export async function generateMetadata(props: Props) {
  const { here, receipt } = await open(props)
  return pageTitle(here.say, here.say('connections.receipt.page', { name: receipt.name }))
}

/** What is left of a deleted connection: what happened when, and for a key what is still to be done. */
export default async function ReceiptPage(props: Props) {
  const { here, receipt, ats } = await open(props)
  const { say, workspace } = here
  const home = `/w/${workspace.slug}/integrations`
  return (
    <Frame here={here} place="integrations" ribbon={ribbonFor(say, receipt.environment)}>
      <Page>
        <Crumbs
          label={say('connections.crumbs')}
          items={[
            { label: say('connections.account') },
            { label: say('connections.title'), href: home },
            { label: say('connections.receipt.crumb') },
          ]}
        />
        <PageHead
          title={say('connections.receipt.title', { name: receipt.name })}
          lead={say(`connections.receipt.${leadOf(receipt)}`, { ats })}
          actions={
            <ButtonLink icon="download" href={`${home}/receipts/${receipt.id}/file`}>
              {say('connections.receipt.download')}
            </ButtonLink>
          }
        />
        {receipt.revoked?.state === 'waiting' && <AutoRefresh seconds={askAgain} />}
        {receipt.waits && <YourTurn here={here} receipt={receipt} ats={ats} home={home} />}
        <ReceiptSlip
          say={say}
          receipt={receipt}
          monogram={monogramOf(say(`${receipt.connector}.name`))}
          host={accountHost(receipt)}
        />
      </Page>
    </Frame>
  )
}

function leadOf({ waits, revoked }: Receipt): string {
  if (waits) return revoked ? 'lead_open_grant' : 'lead_open'
  return revoked?.state === 'waiting' ? 'lead_revoking' : 'lead_done'
}

/** A key is revoked at the ATS, by an admin there, and so is a grant that we could not: the link to do it, and the word that it is done. */
function YourTurn(props: { here: Here; receipt: Receipt; ats: string; home: string }) {
  const { here, receipt, ats, home } = props
  const { say, actor } = here
  const { lastFour, keysUrl, id, revoked } = receipt
  const turn = revoked ? 'turn_text_grant' : lastFour ? 'turn_text' : 'turn_text_short'
  return (
    <Callout
      tone="warn"
      icon="key-round"
      title={say(`connections.receipt.${revoked ? 'turn_grant' : 'turn'}`, { ats })}
    >
      <p>{say(`connections.receipt.${turn}`, { ats, lastFour })}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {keysUrl && (
          <ButtonLink
            size="sm"
            iconEnd="external-link"
            href={keysUrl}
            target="_blank"
            rel="noopener noreferrer"
          >
            {say(`connections.receipt.${revoked ? 'open_grants' : 'open_keys'}`, { ats })}
            <span className="sr-only">, {say('connections.receipt.new_tab')}</span>
          </ButtonLink>
        )}
        {can(actor.role, 'manage_integrations') && (
          <form method="post" action={`${home}/receipts/${id}/revoked`}>
            <SubmitButton size="sm" variant="quiet" busy={say('connections.receipt.revoked_busy')}>
              {say('connections.receipt.revoked_act')}
            </SubmitButton>
          </form>
        )}
      </div>
    </Callout>
  )
}
