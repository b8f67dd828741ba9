import { and, eq, inArray } from 'drizzle-orm'
import type { UserActor } from '#lib/actors.ts'
import { runCheck } from '#lib/checks/run.ts'
import { db } from '#lib/db/client.ts'
import { checks } from '#lib/db/schema/index.ts'
import { confirm } from '#lib/link-sessions/confirm.ts'
import { listAccounts } from '#lib/link-sessions/list-accounts.ts'
import { readWalk } from '#lib/link-sessions/read.ts'
import { useListedAccount as takeAccount } from '#lib/link-sessions/use-listed-account.ts'
import { readCallback } from '#lib/oauth/callback.ts'
import { finishSignIn } from '#lib/oauth/finish.ts'
import { consent, walkAtSignIn } from '#lib/oauth/walk-testing.ts'
import type { Stage } from './table.ts'
import { withoutPace } from './verbs.ts'

/** Walks of the wizard that sign in at the sandbox. */

export type SignIn = Awaited<ReturnType<typeof walkAtSignIn>>

/** What a browser brings to the callback. */
export type Callback = { user: UserActor; appId: string; query: string; binding: string }

/** A walk that stands at the sign-in. */
export const newWalk = ({ sandbox }: Stage): Promise<SignIn> => walkAtSignIn(sandbox)

/** She signs in over there and allows it; what her browser comes back with. */
export async function allowed({ sandbox }: Stage, walk: SignIn): Promise<Callback> {
  const query = await consent(sandbox, await walk.start())
  return { user: walk.user, appId: walk.app.row.id, query, binding: walk.binding }
}

/** The callback, as it comes to the server. */
export async function comeBack({ user, appId, query: text, binding }: Callback): Promise<string> {
  const query = readCallback(text)
  if (!query) throw new Error('no callback')
  return (await finishSignIn(user, { appId, query, binding })).kind
}

/** The accounts are listed. */
export async function list({ user, sessionId }: { user: UserActor; sessionId: string }): Promise<string[]> {
  const listed = await listAccounts(await readWalk(user, sessionId))
  return 'accounts' in listed ? listed.accounts.map(({ remoteId }) => remoteId) : []
}

/** **Use this account**, the first one that was listed: the step that is next. */
export async function choose({ user, sessionId }: { user: UserActor; sessionId: string }): Promise<string> {
  const [account = ''] = await list({ user, sessionId })
  await withoutPace()
  return takeAccount(user, { sessionId, account, locale: 'en' })
}

/** She goes on as she would: where her walk stands, from there; where nothing came of it, she signs in once more. */
export async function goOn(stage: Stage, walk: SignIn): Promise<void> {
  const { user, sessionId } = walk
  const now = () => readWalk(user, sessionId)
  if ((await now()).progress.connectionId) return
  if (!(await now()).candidate) await comeBack(await allowed(stage, walk))
  const step = await choose({ user, sessionId })
  if (step === 'check') await afterDoctor({ user, sessionId })
}

/** The try that a dead process had begun: its task comes within a minute, here at once, and she presses Next on the doctor's page. */
async function afterDoctor({ user, sessionId }: { user: UserActor; sessionId: string }): Promise<void> {
  const open = await db()
    .select({ id: checks.id })
    .from(checks)
    .where(and(eq(checks.linkSessionId, sessionId), inArray(checks.state, ['queued', 'running', 'waiting'])))
  await withoutPace()
  for (const { id } of open) await runCheck(id)
  await confirm(user, { sessionId, readOnly: false, locale: 'en' })
}
