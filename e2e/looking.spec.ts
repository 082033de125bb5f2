import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { wav } from './files.mjs'
import { expect, open, openFile, openView, synthesize, take, test } from './page.ts'

const differences = (page: Page) => page.getByRole('region', { name: 'Differences' })
const film = (page: Page) => page.getByRole('region', { name: 'Step by step' })
const results = (page: Page) => page.getByRole('region', { name: 'Results at 2, 3 and 6 steps' })

async function openRecording(page: Page) {
  await open(page)
  await openFile(page, wav(0.5))
  await expect(take(page, 'Recording').getByRole('button', { name: 'Download WAV' })).toBeVisible()
}

async function expectNoViolations(page: Page, region: string) {
  const { violations } = await new AxeBuilder({ page }).include(region).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

test('differences: a signed picture and its error over time and frequency, by keyboard, for all takes', async ({
  page,
}) => {
  await openRecording(page)
  await expect(differences(page)).toContainText(
    'The mel of the recording differs from the input mel by 0.00 nat',
  )
  await synthesize(page)
  await expect(differences(page)).toContainText(/InferGrad differs from the recording by \d+\.\d dB rms/)
  await differences(page).getByRole('application', { name: 'InferGrad minus the recording' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(
    differences(page)
      .getByText(/0\.0\d s · [\d,]+ Hz · [+−]?\d+\.\d dB/)
      .first(),
  ).toBeVisible()
  await differences(page).getByRole('application', { name: 'Error over time', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(
    differences(page)
      .getByText(/ s · \d+\.\d dB rms/)
      .first(),
  ).toBeVisible()
  await differences(page).getByRole('radio', { name: '±24 dB' }).check()
  await expect(differences(page)).toContainText('+24 dB')
  await differences(page).getByLabel('minus', { exact: true }).selectOption({ label: 'WaveGrad' })
  await expect(differences(page)).toContainText(/InferGrad differs from WaveGrad by/)
  await differences(page).getByLabel('minus', { exact: true }).selectOption({ label: 'Input mel' })
  await expect(differences(page)).toContainText(
    /The mel of InferGrad differs from the input mel by .* nat rms/,
  )
  await expectNoViolations(page, '#differences')
})

test('the pitch that the models use is drawn over the mel, announced in Hz, and can be hidden', async ({
  page,
}) => {
  await openRecording(page)
  const input = page.getByRole('region', { name: 'vowel.wav' })
  await expect(input).toContainText(/median 1[23]\d Hz, \d+ % of the frames are voiced/)
  const [labels, shown] = [input.getByText('200 Hz', { exact: true }), input.getByLabel('Pitch')]
  await expect(labels).toBeVisible()
  await shown.uncheck()
  await expect(labels).toBeHidden()
  await shown.check()
  const picture = input.getByRole('application', { name: 'Input mel spectrogram of vowel.wav' })
  await picture.focus()
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowRight')
  await expect(input.getByText(/· pitch 1[23]\d Hz/).first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Models' }).selectOption('small')
  await expect(shown).toBeHidden()
})

test('denoising steps: cancelled, then every step of both models can be seen and heard', async ({ page }) => {
  await openRecording(page)
  await openView(page, 'Inside')
  const show = film(page).getByRole('button', { name: 'Show every step' })
  await show.click()
  await film(page).getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(show).toBeEnabled({ timeout: 60_000 })
  await show.click()
  await expect(film(page).getByRole('status')).toContainText(/InferGrad.* after step 2/, { timeout: 60_000 })
  for (const model of ['WaveGrad', 'InferGrad'])
    await expect(
      film(page)
        .getByRole('group', { name: `Steps of ${model}` })
        .getByRole('application'),
    ).toHaveCount(3)
  const first = film(page).getByRole('button', { name: 'Hear step 1 of InferGrad' })
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  await film(page).getByRole('button', { name: 'Hear the input of WaveGrad' }).click()
  await expect(first).toHaveAttribute('aria-pressed', 'false')
  await expectNoViolations(page, '#film')
  await openFile(page, wav(0.4))
  await expect(first).toHaveCount(0)
})

test('the paper’s comparison: six takes beside the authors’ figures, played, plotted, saved as a table', async ({
  page,
}) => {
  await openRecording(page)
  await openView(page, 'Compare')
  await results(page).getByRole('button', { name: 'Compare 2, 3 and 6 steps' }).click()
  await expect(results(page).getByRole('progressbar')).toBeVisible()
  await expect(results(page)).toContainText('6 of 6 takes', { timeout: 90_000 })
  await expect(results(page)).toContainText(/Two steps of InferGrad are/, { timeout: 60_000 })
  await expect(results(page).getByRole('row', { name: /^InferGrad, general 2/ })).toContainText('10.73')
  const hear = results(page).getByRole('button', { name: 'Hear InferGrad, 3 steps' })
  await hear.click()
  await expect(hear).toHaveAttribute('aria-pressed', 'true')
  await hear.click()
  await results(page).getByLabel('Figure').selectOption({ label: 'STOI' })
  await expect(results(page).getByRole('figure', { name: 'STOI by steps' })).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    results(page).getByRole('button', { name: 'Download table' }).click(),
  ])
  const table = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(table).toHaveLength(1 + 6 + 10)
  expect(table[1]).toMatch(/^this machine,WaveGrad,2,1,/)
  await expectNoViolations(page, '#results')
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, 'the table scrolls in its own container').toBeLessThanOrEqual(0)
})
