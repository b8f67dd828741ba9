import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import type { Account, Sandbox } from '../sandbox.ts'
import { newEstate } from './estate.ts'

/** Opens a page of somebody else's, on another site of this machine, with this in its body. */
async function visitEvil(page: Page, sandbox: Sandbox, account: Account, body: string): Promise<void> {
  const html = `<!doctype html><title>Evil</title>${body}`
  await sandbox.fault(account, { kind: 'status', status: 200, body: html }, null, '/backend/evil')
  await page.goto(`http://${account.host}/backend/evil`)
}

// The defence: starting is a POST alone, and `isForeign` turns away what another site sends.
test('A-018 an image and a form of another site start no walk in the browser of whoever may', async ({
  context,
  stack,
  product,
  sandbox,
  account,
  signInAs,
}) => {
  const estate = await newEstate(product, sandbox)
  const before = await estate.snapshot()
  await signInAs(estate.team.people.owner)
  const connect = `${stack.appUrl}/w/${estate.team.slug}/positions/${estate.ids.position}/connect`
  const page = await context.newPage()
  await visitEvil(
    page,
    sandbox,
    account,
    `<img src="${connect}"><form method="post" action="${connect}"><button>Win a prize</button></form>`,
  )
  await page.getByRole('button').click()
  await expect(page.getByText('This came from another site')).toBeVisible()
  expect(await estate.snapshot()).toBe(before)
})

// The defence: `frame-ancestors 'none'` in `lib/door/headers.ts`, and behind it `x-frame-options`: either is enough.
test('A-074, A-088 no page shows itself in a frame of another site, for nobody to press through', async ({
  context,
  stack,
  team,
  product,
  sandbox,
  account,
  signInAs,
}) => {
  await signInAs(team.people.owner)
  // Not the fixture's page, which takes what the browser says here for a complaint.
  const page = await context.newPage()
  const position = await product.newPosition(team, 'Baker')
  const refused: string[] = []
  page.on('console', message => {
    if (/frame-ancestors|X-Frame-Options/i.test(message.text())) refused.push(message.text())
  })
  const paths = [
    '/sign-in',
    `/w/${team.slug}/positions`,
    `${position.path}/settings?ask=unlink`,
    '/no-such-page',
  ]
  const frames = paths.map(path => `<iframe src="${stack.appUrl}${path}"></iframe>`).join('')
  await visitEvil(page, sandbox, account, frames)
  await expect.poll(() => refused.length).toBeGreaterThanOrEqual(paths.length)
  for (const frame of page.frames().slice(1))
    expect(
      await frame
        .locator('main')
        .count()
        .catch(() => 0),
    ).toBe(0)
})
