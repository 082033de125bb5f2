import AxeBuilder from '@axe-core/playwright'
import { tacotronMel, wav } from './files.mjs'
import { expect, open, openFile, openMel, synthesize, take, test } from './page.ts'

for (const colorScheme of ['light', 'dark'] as const)
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])
    test(`axe finds no violations, ${colorScheme}, ${viewport.width} px wide`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await open(page, '?example=synthetic')
      await openMel(page, tacotronMel(32, 'lj-modern.npy'))
      await synthesize(page)
      await page.getByRole('button', { name: 'Use the example voice' }).click()
      await expect(page.getByText('11 recordings')).toBeVisible()
      await page.getByRole('button', { name: 'All settings' }).click()
      // Scrolling can cover half of a target with the section bar, which only makes it too small there.
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('*')) element.scrollTop = 0
      })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, 'no horizontal overflow').toBeLessThanOrEqual(0)
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
  await page.getByRole('button', { name: 'Synthesize' }).focus()
  await page.keyboard.press('Enter')
  await expect(take(page, 'InferGrad')).toContainText('3 steps', { timeout: 60_000 })
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
