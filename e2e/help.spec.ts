import { expect, open, synthesizeButton, test } from './page.ts'

test('the explanation is interactive: noise over the open clip, and the schedules of both models', async ({
  page,
}) => {
  await open(page, '?example=synthetic&steps=2')
  const help = page.getByRole('region', { name: 'How it works', exact: true })
  await help.scrollIntoViewIfNeeded()
  const level = help.getByRole('slider', { name: 'Noise level' })
  const picture = help.getByRole('img', { name: '60 ms of the take Recording' })
  await expect(picture).toHaveAccessibleName(/√ᾱ = 0.60: 0.60 of the speech and 0.80 of noise/)
  const noisy = await picture.locator('canvas').screenshot()
  await level.focus()
  await page.keyboard.press('End')
  await expect(level).toHaveAttribute('aria-valuetext', /1.00 of the speech and 0.00 of noise/)
  expect(await picture.locator('canvas').screenshot()).not.toEqual(noisy)

  await expect(help.getByRole('table').getByRole('row')).toHaveCount(1 + 2)
  await help.getByRole('radio', { name: 'N = 6' }).check()
  await expect(help.getByRole('table').getByRole('row')).toHaveCount(1 + 6)
  await expect(help.getByRole('math').first()).toHaveAccessibleName(/root alpha-bar/)
  const { height = 0 } = (await help.getByRole('math').nth(2).boundingBox()) ?? {}
  expect(height, 'a formula is typeset, not written as a line of text').toBeGreaterThan(30)
})

test('hints are shown at first, stay hidden once dismissed, and can be shown again', async ({ page }) => {
  await open(page)
  const hints = page.getByRole('region', { name: 'First hints' })
  await expect(hints).toContainText('Press Synthesize')
  await hints.getByRole('button', { name: 'Hide hints' }).click()
  await expect(hints).toHaveCount(0)
  await page.reload()
  await expect(synthesizeButton(page)).toBeEnabled({ timeout: 60_000 })
  await expect(hints).toHaveCount(0)
  await page.getByRole('button', { name: 'Show the first hints again' }).click()
  await expect(hints).toBeFocused()
  await expect(hints).toBeInViewport()
})
