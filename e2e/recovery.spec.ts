import { tacotronMel } from './testing/files.mjs'
import { killWorker, makeWorkersKillable } from './testing/killable-workers.ts'
import { expect, open, openFile, openMel, synthesize, synthesizeButton, take, test } from './testing/page.ts'

test.beforeEach(({ page }) => makeWorkersKillable(page))

test('a vocoder that crashes during a synthesis is replaced, the work completes, and a note says so', async ({
  page,
}) => {
  await open(page)
  // Long enough that the vocoder is at work when it is killed.
  await openMel(page, tacotronMel(2000, 'lj-modern.npy'))
  await synthesizeButton(page).click()
  await expect(page.getByRole('progressbar', { name: 'Synthesis progress' })).toBeVisible()
  await killWorker(page, 'vocoder')
  await expect(page.getByText('The vocoder was started again')).toBeVisible({ timeout: 30_000 })
  for (const name of ['WaveGrad', 'InferGrad', 'Griffin-Lim'])
    await expect(take(page, name).getByRole('button', { name: 'Download WAV' })).toBeVisible({
      timeout: 60_000,
    })
})

test('a crashed analysis worker is replaced when it is next needed', async ({ page }) => {
  await open(page)
  await killWorker(page, 'analysis')
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await synthesize(page)
  await expect(take(page, 'InferGrad')).toContainText('Mel error')
})

test.describe('offline', () => {
  test.use({ complaintsExpected: true })

  test('a format whose reader cannot be fetched is named, and opens when it can', async ({ page }) => {
    const table = {
      name: 'mel.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${Array(80).fill('-5.5').join(',')}\n`.repeat(40)),
    }
    await open(page)
    const reader = /\/table-mel-[^/]*\.js$/
    await page.route(reader, (route) => route.abort())
    await openFile(page, table)
    await expect(page.getByRole('alert')).toContainText('could not be fetched')
    await page.unroute(reader)
    await page.reload()
    await openMel(page, table)
  })

  test('if a part of the page cannot be fetched, the rest works', async ({ page, context }) => {
    await open(page)
    await openMel(page, tacotronMel(32, 'lj-modern.npy'))
    await synthesize(page)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Read it differently' }).click()
    await expect(page.getByRole('alert')).toContainText('could not be fetched')
    await page.getByRole('button', { name: 'Microphone' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Try again' })).toBeVisible()
    await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible()
    await synthesize(page)
  })
})
