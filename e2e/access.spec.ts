import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { tacotronMel, wav } from './testing/files.mjs'
import {
  expect,
  open,
  openFile,
  openMel,
  openView,
  synthesize,
  take,
  takes,
  test,
  viewNames,
} from './testing/page.ts'

async function expectNoOverflow(page: Page, where: string) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${where} does not scroll sideways`).toBeLessThanOrEqual(0)
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const viewport of [
    { width: 1440, height: 900 },
    // The window is so tall that the bars at the bottom cover nothing, because a partly covered target counts as too small.
    { width: 390, height: 6000 },
  ])
    test(`axe finds no violations in any view, ${colorScheme}, ${viewport.width} px wide`, async ({
      page,
    }) => {
      test.setTimeout(300_000)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await open(page, '?example=synthetic')
      await openMel(page, tacotronMel(32, 'lj-modern.npy'))
      await synthesize(page)
      for (const name of viewNames) {
        await openView(page, name)
        if (name === 'Fine-tune') {
          await page.getByRole('button', { name: 'Use the example voice' }).click()
          await expect(page.getByText('11 recordings')).toBeVisible()
          await page.getByRole('button', { name: 'All settings' }).click()
        }
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .analyze()
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
          name,
        ).toEqual([])
        await expectNoOverflow(page, name)
      }
    })

test('at 320 px no view scrolls sideways, and the main button is always in sight', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await open(page)
  await expect(page.getByRole('button', { name: 'Synthesize' })).toBeInViewport({ ratio: 1 })
  await openFile(page, wav(0.5))
  await synthesize(page)
  await expect(page.getByRole('heading', { name: 'Takes' })).toBeInViewport()
  await expect(page.getByRole('button', { name: 'Synthesize' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeInViewport({ ratio: 1 })
  await takes(page).getByRole('button', { name: 'Display' }).click()
  // The parts of a view are fetched when it is first opened, and are there the second time.
  for (const name of viewNames) await openView(page, name)
  for (const name of viewNames) {
    await openView(page, name)
    await expectNoOverflow(page, name)
  }
})

test('with forced colours, chosen and playing items can be distinguished from the others', async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await synthesize(page)
  const coloursOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { backgroundColor, color } = getComputedStyle(element)
        return [backgroundColor, color]
      })
  await page.evaluate(() => {
    const selected = document.createElement('p')
    selected.id = 'selected'
    selected.style.cssText = 'forced-color-adjust: none; background: Highlight; color: HighlightText'
    document.body.append(selected)
  })
  const selection = await coloursOf('#selected')
  for (const chosen of [
    'nav [aria-current]',
    'section:has(#settings-heading) .segment:has(input:checked)',
    '[aria-label="Heard take"] [aria-pressed="true"]',
    'li > button[aria-pressed="true"]',
  ])
    await expect.poll(() => coloursOf(chosen), chosen).toEqual(selection)
  const outline = (name: string) =>
    take(page, name).evaluate((element) => getComputedStyle(element).outlineStyle)
  expect([await outline('InferGrad'), await outline('WaveGrad')]).toEqual(['solid', 'none'])
})

test('on a desktop the columns scroll, and the document does not', async ({ page }) => {
  await open(page)
  // The figures against a recording have screen-reader text far down the column.
  await openFile(page, wav(0.5))
  await synthesize(page)
  await expect(take(page, 'Griffin-Lim')).toContainText('STOI')
  for (const viewport of [
    { width: 1024, height: 768 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(viewport)
    const overflow = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)
    expect(overflow, `${viewport.width} px wide`).toBeLessThanOrEqual(0)
  }
})

test('keyboard only: settings, synthesis, listening', async ({ page }) => {
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await page.getByRole('radio', { name: '2', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: '3', exact: true })).toBeChecked()
  const button = page.getByRole('button', { name: 'Synthesize' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(button, 'the button refuses a second press').toBeDisabled()
  await expect(take(page, 'InferGrad')).toContainText('3 steps', { timeout: 60_000 })
  await expect(button).toBeEnabled({ timeout: 60_000 })
  await expect(button, 'the focus stays').toBeFocused()
  await expect(
    page.getByRole('toolbar', { name: 'Heard take' }).getByRole('button', { name: 'InferGrad' }),
    'selected first, although WaveGrad was ready first',
  ).toHaveAttribute('aria-pressed', 'true')
  await page.locator('body').click({ position: { x: 2, y: 2 } })
  await page.keyboard.press('1')
  await expect(
    page.getByRole('toolbar', { name: 'Heard take' }).getByRole('button', { name: 'WaveGrad' }),
  ).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('2')
  await expect(
    page.getByRole('toolbar', { name: 'Heard take' }).getByRole('button', { name: 'InferGrad' }),
  ).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Pause all takes' })).toBeVisible()
  await page.keyboard.press(' ')
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeVisible()
})

test('a change of theme, in the system or by the button, repaints the waveforms', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await open(page)
  await openFile(page, wav(0.5))
  const picture = () =>
    take(page, 'Recording')
      .locator('canvas')
      .first()
      .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''))
  await expect(take(page, 'Recording')).toContainText('LUFS')
  const light = await picture()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(picture).not.toBe(light)
  await page.getByRole('button', { name: 'Switch to the light theme' }).click()
  await expect.poll(picture).toBe(light)
})
