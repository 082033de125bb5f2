import type { Page } from '@playwright/test'
import { wav } from './testing/files.mjs'
import { expect, open, openFile, openView, synthesizeButton, take, test } from './testing/page.ts'

const current = (page: Page) => page.getByRole('navigation', { name: 'Views' }).locator('[aria-current]')
const sample = (page: Page, name: string) => page.getByRole('button', { name: `Play ${name}`, exact: true })

test('the page opens on samples that play at the first click, before any model is there', async ({
  page,
}) => {
  await page.route('**/*.safetensors', () => {})
  await page.goto('./')
  await sample(page, 'WaveGrad, 2 steps').click()
  await expect(sample(page, 'WaveGrad, 2 steps')).toHaveAttribute('aria-pressed', 'true')
  // The other clip is long enough for a busy machine to switch while it plays.
  await page.getByRole('radio', { name: 'Synthetic, with its recording' }).check()
  await sample(page, 'Recording').click()
  await expect(sample(page, 'Recording')).toHaveAttribute('aria-pressed', 'true')
  const position = page.getByRole('slider', { name: 'Position' })
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(0)
  await sample(page, 'InferGrad, 2 steps').click()
  await expect(sample(page, 'InferGrad, 2 steps')).toHaveAttribute('aria-pressed', 'true')
  await expect(sample(page, 'Recording')).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: 'Pause the samples' }).click()
  await expect(sample(page, 'InferGrad, 2 steps')).toHaveAttribute('aria-pressed', 'false')
})

test('“Make it yourself” synthesizes the shortest example and shows the takes', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('./')
  const make = page.getByRole('button', { name: 'Make it yourself' })
  await expect(make).toBeEnabled({ timeout: 60_000 })
  await make.click()
  await expect(current(page)).toHaveText('Listen')
  await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
    timeout: 120_000,
  })
  await expect(page).toHaveURL(/example=lj-modern.*#\/listen$/)
})

test('every view has an address; back, forward and old links open the right view', async ({ page }) => {
  await open(page, '?steps=3')
  await openView(page, 'Batch')
  await expect(page).toHaveURL(/steps=3.*#\/batch$/)
  await expect(page).toHaveTitle('Batch · InferGrad')
  await openView(page, 'How it works')
  await page.goBack()
  await expect(current(page)).toHaveText('Batch')
  await page.goBack()
  await expect(current(page)).toHaveText('Listen')
  await expect(synthesizeButton(page)).toBeVisible()
  await page.goForward()
  await expect(page.getByRole('region', { name: 'Batch', exact: true })).toBeVisible()

  await page.goto('about:blank')
  await page.goto('./?v=1&example=lj-modern&steps=2')
  await expect(current(page)).toHaveText('Listen')
  await page.goto('about:blank')
  await page.goto('./#fine-tune')
  await expect(current(page)).toHaveText('Fine-tune')
  await page.goto('about:blank')
  await page.goto('./#/vocoders')
  await expect(page.getByText('There is no view “vocoders”')).toBeVisible()
  await expect(current(page)).toHaveText('Start')
})

test('a view stays as the user left it, and the takes continue where they can be paused', async ({
  page,
}) => {
  await open(page)
  await openFile(page, wav(60))
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await page.getByRole('button', { name: 'Display' }).click()
  await openView(page, 'Inside')
  await expect(page.getByRole('button', { name: 'Pause all takes' })).toBeVisible()
  await openView(page, 'Compare')
  await expect(page.getByRole('region', { name: 'Transport' })).toHaveCount(0)
  await openView(page, 'Listen')
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeVisible()
  await expect(page.getByRole('group', { name: 'Display' })).toBeVisible()
})

test('an opened file is an entry of the source list, and the copied link says what it cannot hold', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, '?example=kathleen')
  const entry = (name: string) =>
    page.getByRole('region', { name: 'Source' }).getByRole('button', { name, exact: true })
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('The link holds this view, the settings and the example')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/example=kathleen.*#\/listen$/)
  await openFile(page, wav(0.5))
  await expect(entry('vowel.wav')).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByText('It cannot hold your file “vowel.wav”: send that along.')).toBeVisible()
  await entry('Kathleen: Philip stood undecided').click()
  await expect(entry('vowel.wav')).toHaveAttribute('aria-pressed', 'false')
  await entry('vowel.wav').click()
  await expect(page.getByRole('heading', { name: 'vowel.wav' })).toBeVisible()
  await expect(take(page, 'Recording')).toBeVisible()
})

test.describe('without samples', () => {
  test.use({ complaintsExpected: true })

  test('a sentence says so, and the rest works', async ({ page }) => {
    await page.route('**/samples/*', (route) => route.fulfill({ status: 404 }))
    await page.goto('./')
    await expect(page.getByRole('alert')).toContainText('The samples could not be loaded')
    await page.getByRole('button', { name: 'Make it yourself' }).click({ timeout: 60_000 })
    await expect(current(page)).toHaveText('Listen')
  })
})
