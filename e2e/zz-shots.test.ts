import { writeFileSync } from 'node:fs'
import { test } from './fixtures.ts'

test('shots', async ({ page, product, sandbox, account, team, signInAs, context }) => {
  test.slow()
  const { id } = await product.newConnection(team, sandbox, account)
  await product.newNotice(team, id)
  await product.sql`update connections set status = 'needs_reauth' where id = ${id}`
  await product.sql`insert into events (id, partner_id, workspace_id, name, actor_kind, actor_id, subject_kind, subject_id, data)
    values (gen_random_uuid(), ${team.partnerId}, ${team.workspaceId}, 'connection.needs_reauth', 'system', 'x', 'connection', ${id}, '{}')`
  const { tellNewest } = await import('#lib/notices/testing.ts')
  await tellNewest(id)
  const mail = await product.newMail(team)
  const reset = await product.sql`insert into mails (id, partner_id, workspace_id, kind, to_address, to_name, locale, time_zone, data, state, problem, attempts, tried_at)
    values (gen_random_uuid(), ${team.partnerId}, ${team.workspaceId}, 'password_changed', 'somebody@larkfield.example', 'Mariana Oyelaran-Whitcombe', 'en', 'UTC',
      ${product.sql.json({ at: '2026-11-25T09:00:00.000Z' })}, 'failed', 'address_refused', 1, now()) returning id`
  await signInAs(team.people.owner)
  const paths: [string, string][] = [
    ['notices', `/w/${team.slug}/notices`],
    ['mails', '/partner/mails'],
    ['mail', `/partner/mails/${mail}`],
    ['mail-failed', `/partner/mails/${reset[0]?.id}`],
  ]
  const mails = await product.sql`select id, kind from mails where partner_id = ${team.partnerId}`
  const html: [string, string][] = []
  const { renderMail } = await import('#lib/mail/render.ts')
  for (const row of await product.sql`select * from mails where partner_id = ${team.partnerId}`) {
    const file = `/tmp/shots/${row.kind}.html`
    writeFileSync(file, renderMail({ kind: row.kind, data: row.data, toName: row.to_name, locale: row.locale, timeZone: row.time_zone, partner: 'Corvane' }, row.kind === 'invitation' ? '/invitation/x' : undefined).html)
    html.push([`html-${row.kind}`, `file://${file}`])
  }
  void mails
  const other = await context.newPage()
  for (const scheme of ['light', 'dark'] as const)
    for (const width of [1280, 390]) {
      for (const p of [page, other]) {
        await p.emulateMedia({ colorScheme: scheme })
        await p.setViewportSize({ width, height: 900 })
      }
      for (const [name, path] of paths) {
        await page.goto(path)
        await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: true })
      }
      for (const [name, url] of html) {
        await other.goto(url)
        await other.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: true })
      }
    }
})
