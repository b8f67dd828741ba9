import type { Product } from '../product.ts'
import type { Account, Sandbox } from '../sandbox.ts'
import type { Team } from '../team.ts'

/** Every screen that can be opened by its address, as [its name, its path]; a workspace with something on each. */
export async function screensOf(team: Team, account: Account, product: Product, sandbox: Sandbox) {
  const remoteRef = await sandbox.newJob(account, { title: 'Roaster' })
  const connection = await product.newConnection(team, sandbox, account)
  const link = await product.newLink(team, connection.id, { title: 'Roaster', remoteRef })
  const other = await sandbox.newAccount()
  const walk = await product.newWalkAtKey(team, other, 'owner')
  const appId = await product.newOAuthApp(team, sandbox)
  const signingIn = await product.newWalkAtSignIn(team, 'owner')
  const choosing = await product.newWalkAtAccount(team, sandbox, appId)
  const number = await product.newNumbers(team, connection.id)
  await product.newNotice(team, connection.id)
  const invitation = await product.newInvitation(team)
  const customer = await product.newInvitedCustomer(team)
  const app = `/partner/oauth-apps/${await product.newLiveApp(team)}`
  const w = `/w/${team.slug}`
  const one = `${w}/integrations/workable/${connection.id}`
  const screens: readonly [string, string][] = [
    ['positions', `${w}/positions`],
    ['positions, nothing found', `${w}/positions?q=nothing-of-the-kind`],
    ['new position', `${w}/positions/new`],
    ['position', `${w}/positions/${link.positionId}`],
    ['position settings', `${w}/positions/${link.positionId}/settings`],
    ['unlink', `${w}/positions/${link.positionId}/settings?ask=unlink`],
    ['people and roles', `${w}/settings`],
    ['people, nobody found', `${w}/settings?q=nobody-of-the-kind`],
    ['people, invite', `${w}/settings?ask=invite`],
    ['people, role', `${w}/settings?ask=role&member=${team.people.viewer.memberId}`],
    ['people, remove', `${w}/settings?ask=remove&member=${team.people.viewer.memberId}`],
    ['people, leave', `${w}/settings?ask=leave`],
    ['people, send again', `${w}/settings?ask=again&invitation=${invitation.id}`],
    ['people, withdraw', `${w}/settings?ask=withdraw&invitation=${invitation.id}`],
    ['invitation, as somebody else', invitation.path],
    ['invitation that has ended', '/invitation/gwi_x'],
    ['my account', '/account'],
    ['encryption keys', '/partner/keys'],
    ['numbers', `${w}/numbers`],
    ['new number', `${w}/numbers/new`],
    ['number', `${w}/numbers/${number}`],
    ['remove a number', `${w}/numbers/${number}?ask=remove`],
    ['my workspaces', '/account/workspaces'],
    ['my workspaces, nothing found', '/account/workspaces?q=nothing-of-the-kind'],
    ['customers', '/partner/customers'],
    ['customers, none fits', '/partner/customers?show=need&q=nothing-of-the-kind'],
    ['customers, invite', '/partner/customers/invite'],
    ['customers, send again', `/partner/customers?ask=again&customer=${customer.id}`],
    ['customers, withdraw', `/partner/customers?ask=withdraw&customer=${customer.id}`],
    ['invitation of a customer', customer.path],
    ['new workspace', '/partner/customers/new'],
    ['OAuth apps', '/partner/oauth-apps'],
    ['an OAuth app to enter', '/partner/oauth-apps/new?for=workable/sandbox'],
    ['an OAuth app', app],
    ['an OAuth app, replace its secret', `${app}?ask=replace`],
    ['an OAuth app, remove', `${app}?ask=remove`],
    ['forgotten password', '/password'],
    ['forgotten password, asked', '/password/sent'],
    ['forgotten password, link over', '/password/gwr_over'],
    ['integrations', `${w}/integrations`],
    ['connector', `${w}/integrations/workable?environment=sandbox`],
    ['connection', one],
    ['connection, permissions', `${one}/permissions`],
    ['connection, positions', `${one}/positions`],
    ['connection, numbers', `${one}/numbers`],
    ['connection, activity', `${one}/activity`],
    ['wizard, ATS', `${walk}/ats`],
    ['wizard, all ATSs', `${walk}/ats?all=yes`],
    ['wizard, how', `${walk}/how`],
    ['wizard, admin', `${walk}/admin`],
    ['wizard, permissions', `${walk}/permissions`],
    ['wizard, subdomain', `${walk}/enter/subdomain`],
    ['wizard, key', `${walk}/enter/api_key`],
    ['wizard, signing in: who', `${signingIn}/admin`],
    ['wizard, sign in', `${signingIn}/sign-in`],
    ['wizard, account', `${choosing}/account`],
    ['notices', `${w}/notices`],
    ['sent mail', '/partner/mails'],
    ['a mail', `/partner/mails/${await product.newMail(team)}`],
    ['not found', `${w}/no-such-page`],
  ]
  return { screens, walk, other }
}
