import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { awaitCandidate, awaitDoctor, completeConnection, giveKey, itWorks } from '../walk/walk.ts'

const act = 'window.taken=1'

/** Thirty texts that were markup, script, style, address, template or formula somewhere once. */
const payloads = [
  `<script>${act}</script>`,
  `</script><script>${act}</script>`,
  `"><script>${act}</script>`,
  `'><img src=x onerror=${act}>`,
  `<img src=x onerror="${act}">`,
  `<svg onload=${act}>`,
  `<svg><script>${act}</script></svg>`,
  `<math><mi//xlink:href="data:x,<script>${act}</script>">`,
  `<iframe srcdoc="<script>parent.taken=1</script>">`,
  `<object data="javascript:${act}">`,
  `<embed src="javascript:${act}">`,
  `<a href="javascript:${act}">x</a>`,
  `<form action="javascript:${act}"><button>x`,
  `<input autofocus onfocus=${act}>`,
  `<details open ontoggle=${act}>`,
  `<body onload=${act}>`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv=refresh content="0;url=https://evil.example">`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `<style>*{background:url(//evil.example)}</style>`,
  `" onmouseover="${act}" x="`,
  `' autofocus onfocus='${act}`,
  `javascript:${act}`,
  `\${${act}}`,
  `{{constructor.constructor('${act}')()}}`,
  `<!--><script>${act}</script>-->`,
  `<![CDATA[<script>${act}</script>]]>`,
  `&lt;script&gt;${act}&lt;/script&gt;`,
  `=HYPERLINK("https://evil.example")`,
  `\u202e<script>${act}</script>`,
] as const

/** Opens a page and holds that its texts are texts: nothing ran, nothing was blocked, nothing went elsewhere. */
async function expectInert(page: Page, path: string, shown: readonly string[]): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('load')
  const text = await page.locator('body').innerText()
  const visible = shown.filter(
    payload => text.includes(payload.replace('\u202e', '')) || text.includes(payload),
  )
  expect(visible.length, path).toBeGreaterThan(0)
  expect(await page.evaluate(() => 'taken' in window), path).toBe(false)
  expect(new URL(page.url()).hostname).toBe('localhost')
}

// The defence: React writes every text as a text; behind it the policy of `proxy.ts`, of which no violation may be reported.
test('A-117 titles, names and labels that are markup show as what they are, on every page', async ({
  page,
  team,
  account,
  product,
  sandbox,
  signInAs,
}) => {
  test.slow()
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', event => {
      throw new Error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  await signInAs(team.people.owner)
  for (const title of payloads) await product.newPosition(team, title)
  const path = `/accounts/${account.subdomain}`
  await sandbox.control(path, 'PATCH', { name: payloads[0] })
  await sandbox.control(`${path}/jobs`, 'POST', {
    jobs: payloads.map(title => ({ title, code: title.slice(0, 99), department: title, state: 'published' })),
  })
  const code = await sandbox.newJob(account, { title: 'Roaster' })
  const candidates = payloads.map(lastname => ({ firstname: lastname, lastname, headline: lastname }))
  await sandbox.control(`${path}/candidates`, 'POST', { job: code, candidates })

  const walk = await product.newWalkAtKey(team, account, 'owner')
  await page.goto(`${walk}/enter/api_key`)
  await page.getByText('More, all optional').click()
  await page.getByLabel('Authentication name').fill(payloads[4])
  await giveKey(page, (await sandbox.token(account.subdomain)).token)
  await awaitDoctor(page, itWorks)
  await completeConnection(page)
  await expectInert(page, `${walk}/job`, payloads)
  await expectInert(page, `${walk}/job?q=${encodeURIComponent(payloads[0])}`, payloads)
  const [made] = await product.connectionsOf(team)
  const own = `/w/${team.slug}/integrations`
  const link = await product.newLink(team, String(made?.id), { title: payloads[1], remoteRef: code })
  for (const where of [
    `/w/${team.slug}/positions`,
    `/w/${team.slug}/positions?q=${encodeURIComponent(payloads[5])}`,
    own,
    `${own}/workable?environment=sandbox`,
    `${own}/workable/${made?.id}`,
    `${own}/workable/${made?.id}/positions`,
    `${own}/workable/${made?.id}/activity`,
    `/w/${team.slug}/positions/${link.positionId}/settings`,
    `/w/${team.slug}/positions/${link.positionId}/settings?ask=unlink`,
  ])
    await expectInert(page, where, payloads)
  await expectInert(page, `/w/${team.slug}/positions/${link.positionId}`, payloads)
  await awaitCandidate(page, page.getByRole('table', { name: 'Candidates' }).getByRole('row').nth(3))
  expect(await page.evaluate(() => 'taken' in window)).toBe(false)
})
