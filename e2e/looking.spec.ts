import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { unzipSync } from 'fflate'
import { wav } from './testing/files.mjs'
import { expect, open, openFile, openView, synthesize, take, test } from './testing/page.ts'

const differences = (page: Page) => page.getByRole('region', { name: 'Differences' })
const steps = (page: Page) => page.getByRole('region', { name: 'Step by step' })
const results = (page: Page) => page.getByRole('region', { name: 'Compare models and steps' })

async function openRecording(page: Page, seconds = 0.5) {
  await open(page)
  await openFile(page, wav(seconds))
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
  await openRecording(page, 20)
  await openView(page, 'Inside')
  const show = steps(page).getByRole('button', { name: 'Show every step' })
  await show.click()
  await steps(page).getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(show).toBeEnabled({ timeout: 60_000 })
  await openRecording(page)
  await openView(page, 'Inside')
  await show.click()
  await expect(steps(page).getByRole('status')).toContainText(/InferGrad.* after step 2/, { timeout: 60_000 })
  for (const model of ['WaveGrad', 'InferGrad'])
    await expect(
      steps(page)
        .getByRole('group', { name: `Steps of ${model}` })
        .getByRole('application'),
    ).toHaveCount(3)
  const first = steps(page).getByRole('button', { name: 'Hear step 1 of InferGrad' })
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(first).toHaveAttribute('aria-pressed', 'true')
  await steps(page).getByRole('button', { name: 'Hear the input of WaveGrad' }).click()
  await expect(first).toHaveAttribute('aria-pressed', 'false')
  await expectNoViolations(page, '#denoising-steps')
  await openFile(page, wav(0.4))
  await expect(first).toHaveCount(0)
})

test('the grid: a cell is made and heard, the rest filled and cancelled, and figures stand beside the authors’', async ({
  page,
}) => {
  await openRecording(page)
  await openView(page, 'Compare')
  const grid = results(page).getByRole('region', { name: 'Grid of clips and systems' })
  await expect(grid.getByRole('row', { name: /^vowel\.wav/ })).toBeVisible()
  await grid.getByRole('button', { name: 'InferGrad, 2 steps, vowel.wav: make and play' }).click()
  const made = grid.getByRole('button', { name: /^InferGrad, 2 steps, vowel\.wav: p/ })
  await expect(made).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 })
  await made.click()
  await expect(made).toHaveAttribute('aria-pressed', 'false')
  await results(page).getByRole('button', { name: 'Fill the grid' }).click()
  await expect(results(page).getByRole('progressbar')).toBeVisible()
  const last = grid.getByRole('button', { name: /^WaveGrad, 6 steps, vowel\.wav: p/ })
  await expect(last).toBeVisible({ timeout: 60_000 })
  await results(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(results(page).getByRole('progressbar')).toHaveCount(0)
  // Without a spare core the figures wait until nothing is being made.
  const own = results(page).getByRole('row', { name: /^WaveGrad, 6 steps/ })
  await expect(own).toBeVisible({ timeout: 60_000 })
  await expect(results(page)).toContainText(/InferGrad with 2 steps is .* the recording/)
  await expect(results(page).getByRole('row', { name: /^InferGrad, general, 2 steps/ })).toContainText(
    '10.73',
  )
  const term = results(page).getByRole('button', { name: 'LSD', exact: true })
  await term.hover()
  await expect(results(page).getByRole('tooltip').filter({ hasText: 'log-spectral distance' })).toBeVisible()
  await results(page).getByRole('combobox', { name: 'Figure', exact: true }).selectOption({ label: 'STOI' })
  await expect(results(page).getByRole('figure', { name: 'STOI by steps' })).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    results(page).getByRole('button', { name: 'Download table' }).click(),
  ])
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/\r\nthis machine,WaveGrad,6,1,vowel\.wav,/)
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    results(page).getByRole('button', { name: 'Save STOI by steps as SVG' }).click(),
  ])
  expect(readFileSync(await picture.path(), 'utf8')).toMatch(/^<svg [^>]*>.*InferGrad, authors’.*<\/svg>$/s)
  await expectNoViolations(page, '#results')
  await page.setViewportSize({ width: 390, height: 844 })
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, 'the grid scrolls in its own container').toBeLessThanOrEqual(0)
})

test('takes: all as a zip, a spectrogram as PNG and SVG', async ({ page }) => {
  await openRecording(page)
  await synthesize(page)
  const overlaps = await take(page, 'InferGrad').evaluate((card) => {
    const parts = [...card.children].map((part) => part.getBoundingClientRect())
    return parts.some(({ top }, index) => index > 0 && top < parts[index - 1].bottom - 1)
  })
  expect(overlaps, 'parts of a card overlap').toBe(false)
  const saved = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ])
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
  }
  const zip = await saved('Download all')
  expect(zip.name).toBe('vowel-takes.zip')
  const entries = Object.keys(unzipSync(zip.bytes))
  expect(entries).toContain('takes.csv')
  expect(entries.filter((name) => name.endsWith('.wav'))).toHaveLength(4)
  const png = await saved('Save spectrogram of InferGrad as PNG')
  expect(png.name).toMatch(/^vowel-infergrad.*\.png$/)
  expect([...png.bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  const { width, height } = pngSize(png.bytes)
  expect([width, height]).toEqual([1880, 768])
  const svg = await saved('Save spectrogram of InferGrad as SVG')
  expect(svg.bytes.toString()).toContain('vowel.wav: InferGrad')
})

/** Width and height from the header of a PNG file. */
const pngSize = (bytes: Buffer) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) })
