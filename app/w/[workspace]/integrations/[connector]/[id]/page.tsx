import { About, WhatComes } from '#components/connections/about.tsx'
import { RateMeter } from '#components/connections/rate-meter.tsx'
import { SignInHealth } from '#components/connections/sign-in-health.tsx'
import { WhatWorks } from '#components/connections/what-works.tsx'
import { Columns } from '#components/shell/page.tsx'
import { questionsOf } from '#lib/checks/questions.ts'
import { refreshHistory } from '#lib/connections/refresh-history.ts'
import {
  ConnectionFrame,
  type ConnectionProps,
  connectionTitle,
  openConnection,
} from './connection-frame.tsx'

export const generateMetadata = connectionTitle

/** A connection's health: what works, what is left of the rate limit, what comes next, and what is known of it. */
export default async function ConnectionPage(props: ConnectionProps) {
  const open = await openConnection(props)
  const { here, connection, check, checking, mayMend, now } = open
  const { say } = here
  const part = { say, connection, now }
  const history = connection.way === 'oauth' ? await refreshHistory(connection, say.timeZone) : undefined
  return (
    <ConnectionFrame open={open} tab="health">
      <Columns
        main={
          <>
            <WhatWorks
              {...part}
              check={check}
              checking={checking}
              mayMend={mayMend}
              order={questionsOf(connection.connector)}
            />
            {history && <SignInHealth {...part} history={history} />}
          </>
        }
        aside={
          <>
            <RateMeter {...part} />
            <WhatComes {...part} />
            <About {...part} />
          </>
        }
      />
    </ConnectionFrame>
  )
}
