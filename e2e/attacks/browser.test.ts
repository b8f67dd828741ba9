import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { newEstate } from './estate.ts'

const evil = 'http://evil.localhost:1'

/** A page of somebody else's, with this in its body. */
async function visitEvil(page: Page, body: string): Promise<void> {
  await page.route(`${evil}/**`, route =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Evil</title>${body}` }),
  )
  await page.goto(`${evil}/`)
}

// The defence: starting is a POST alone, and `isForeign` turns away what another site sends.
test('A-018 an image and a form of another site start no walk in the browser of whoever may', async ({
  page,
  stack,
  product,
  sandbox,
  signInAs,
}) => {
  const estate = await newEstate(product, sandbox)
  const before = await estate.snapshot()
  await signInAs(estate.team.people.owner)
  const connect = `${stack.appUrl}/w/${estate.team.slug}/positions/${estate.ids.position}/connect`
  await visitEvil(
    page,
    `<img src="${connect}"><form method="post" action="${connect}"><button>Win a prize</button></form>`,
  )
  await page.getByRole('button').click()
  await expect(page.getByText('This came from another site')).toBeVisible()
  expect(await estate.snapshot()).toBe(before)
})

// The defence: `frame-ancestors 'none'` in `lib/door/headers.ts`.
test('A-074, A-088 no page shows itself in a frame of another site, for nobody to press through', async ({
  browser,
  stack,
  team,
  product,
}) => {
  const context = await browser.newContext()
  const url = stack.appUrl.replace('http:', 'https:')
  const { cookie } = team.people.owner
  await context.addCookies([{ ...cookie, url, secure: true, httpOnly: true, sameSite: 'Lax' }])
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
  await visitEvil(page, frames)
  await expect.poll(() => refused.length).toBeGreaterThanOrEqual(paths.length)
  for (const frame of page.frames().slice(1))
    expect(
      await frame
        .locator('main')
        .count()
        .catch(() => 0),
    ).toBe(0)
  await context.close()
})
