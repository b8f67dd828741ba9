import type { Page } from '@playwright/test'
import { expect } from '../fixtures.ts'
import type { Team } from '../team.ts'

/** Pastes a key where the doctor asks for another one, and has it checked. */
export async function pasteNewKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('Paste the new key').fill(key)
  await page.getByRole('button', { name: 'Check again' }).click()
}

/** A key that was sent stands in no field afterwards. */
export async function noKeyInAnyField(page: Page): Promise<void> {
  const values = await page
    .locator('input[type=password]')
    .evaluateAll(fields => fields.map(field => (field instanceof HTMLInputElement ? field.value : undefined)))
  expect(values.filter(value => value !== '')).toEqual([])
}

/** The doctor's page says that nothing is connected, and it is so. */
export async function noConnection(
  page: Page,
  team: Team,
  connectionsOf: (team: Team) => Promise<unknown[]>,
): Promise<void> {
  await expect(page.getByText('No connection yet. Your key stays sealed for this check')).toBeVisible()
  expect(await connectionsOf(team)).toEqual([])
}
