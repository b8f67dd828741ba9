import type { Stack } from './fixtures.ts'
import { connectionsOf, newConnection, newNotice, newNumbers, newSignedIn } from './product/connections.ts'
import {
  invitationPath,
  newInvitation,
  newInvitedCustomer,
  newMail,
  openMailedLinks,
} from './product/mails.ts'
import { newLiveApp, newOAuthApp } from './product/oauth-apps.ts'
import { linkSample, newLink, newPosition } from './product/positions.ts'
import { newWalk, newWalkAtAccount, newWalkAtKey, newWalkAtSignIn } from './product/walks.ts'
import { noteSecret } from './secrets.ts'
import { refreshInVain } from './signed-in.ts'
import { cookieOf, newTeam } from './team.ts'

/** The product's own verbs on the database of this run, for what has to be there before a person comes. */
export type Product = Awaited<ReturnType<typeof openProduct>>

export async function openProduct(stack: Stack) {
  Object.assign(process.env, stack.env)
  const { closeDatabase, sqlClient } = await import('#lib/db/client.ts')
  const { leaksIn, leaksInDatabase, newCanary, searchIn } = await import('#lib/keys/leaks.ts')
  const { ownerlessGrants } = await import('#lib/oauth/ownerless-testing.ts')
  return {
    newTeam,
    newPosition,
    newConnection,
    newLink,
    newNumbers,
    linkSample,
    newWalk,
    newWalkAtKey,
    newOAuthApp,
    newSignedIn,
    refused: refreshInVain,
    newWalkAtSignIn,
    newWalkAtAccount,
    newMail,
    newLiveApp,
    newNotice,
    newInvitation,
    newInvitedCustomer,
    invitationPath,
    connectionsOf,
    cookieOf,
    sql: sqlClient(),
    leaksIn,
    leaksInDatabase,
    searchIn,
    openMailedLinks,
    ownerlessGrants,
    newCanary: () => noteSecret(newCanary()),
    close: closeDatabase,
  }
}
