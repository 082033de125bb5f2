import type { Page } from '@playwright/test'
import { tacotronMel, wav } from './testing/files.mjs'
import {
  expect,
  open,
  openDisplay,
  openFile,
  openMel,
  stepsChoice,
  synthesize,
  take,
  takes,
  test,
} from './testing/page.ts'

const heard = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Heard take' }).getByRole('button', { name, exact: true })

test('a kept take stays beside its successor; external audio joins them; removed takes can be restored', async ({
  page,
}) => {
  await open(page)
  await openFile(page, wav(0.5))
  await synthesize(page)
  await take(page, 'WaveGrad').getByRole('button', { name: 'Keep' }).click()
  await stepsChoice(page, '3').check()
  await synthesize(page)
  await expect(take(page, 'WaveGrad')).toContainText('3 steps')
  await expect(take(page, 'WaveGrad, 2 steps')).toContainText('STOI')

  const files = [
    { ...wav(1.25, 44100), name: 'other vocoder.wav' },
    { ...wav(0.5, 22050, 0), name: 'silence.wav' },
    { ...tacotronMel(32, 'lj-modern.npy'), name: 'mel.npy' },
  ]
  await takes(page).getByLabel('Add audio to compare').setInputFiles(files)
  const other = take(page, 'other vocoder.wav')
  await expect(other).toContainText('Recorded at 44.1 kHz')
  await expect(other).toContainText(/0\.7\d s longer/)
  await expect(other).toContainText('STOI')
  await expect(take(page, 'silence.wav')).toContainText('Silent or nearly so')
  await expect(take(page, 'silence.wav')).toContainText('No figures')
  const refusal = page.getByRole('alert').filter({ hasText: 'mel.npy is a mel spectrogram' })
  await expect(refusal).toBeVisible()
  await refusal.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)

  await heard(page, 'other vocoder.wav').click()
  await other.getByRole('button', { name: 'Remove' }).click()
  await expect(other).toHaveCount(0)
  await expect(takes(page).getByRole('button', { name: 'Undo' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(other).toContainText(/0\.7\d s longer/)
})

test('single keys play, switch, toggle, loop, step and show help, and can be turned off', async ({
  page,
}) => {
  await open(page)
  await openFile(page, wav(6))
  await expect(take(page, 'Recording')).toContainText('LUFS')
  await takes(page)
    .getByLabel('Add audio to compare')
    .setInputFiles({ ...wav(6), name: 'second.wav' })
  await expect(heard(page, 'second.wav')).toBeVisible()
  await openDisplay(page)
  const position = page.getByRole('slider', { name: 'Position' })
  const loop = takes(page).getByRole('checkbox', { name: 'Loop', exact: true })
  await page.locator('body').click({ position: { x: 2, y: 2 } })

  await page.keyboard.press('x')
  await expect(heard(page, 'second.wav')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('x')
  await expect(heard(page, 'Recording')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await expect(position).toHaveValue('4')
  await page.keyboard.press('l')
  await expect(loop).toBeChecked()
  await expect(page.getByLabel('Loop from, seconds')).toHaveValue('3.00')
  await page.keyboard.press('l')
  await expect(loop).not.toBeChecked()
  await page.keyboard.press('l')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Pause all takes' })).toBeVisible()
  await expect.poll(async () => Number(await position.inputValue())).toBeLessThan(4)
  await page.keyboard.press(' ')

  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys).toContainText('Turn the loop on or off')
  await page.keyboard.press('l')
  await expect(loop, 'not while the dialog is open').toBeChecked()
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  await page.getByLabel('Loop to, seconds').fill('5')
  await page.keyboard.press('x')
  await expect(heard(page, 'Recording'), 'not while typing').toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'All keys' }).click()
  await keys.getByRole('checkbox', { name: 'Single keys control the takes' }).uncheck()
  await page.keyboard.press('Escape')
  await page.locator('body').click({ position: { x: 2, y: 2 } })
  await page.keyboard.press('x')
  await expect(heard(page, 'Recording')).toHaveAttribute('aria-pressed', 'true')
})

test('a link restores the loop, the visible range and the axis; invalid values are ignored with a note', async ({
  page,
}) => {
  await open(page, '?v=1&example=synthetic&loop=0.5-1.25&view=0.25-2&axis=mel&seed=7&steps=nine')
  await expect(page.getByText('The address says steps=nine')).toBeVisible()
  await openDisplay(page)
  await expect(takes(page).getByRole('checkbox', { name: 'Loop', exact: true })).toBeChecked()
  await expect(page.getByLabel('Loop from, seconds')).toHaveValue('0.50')
  await expect(page.getByLabel('Frequency axis')).toHaveValue('mel')
  const picture = page.getByRole('application', { name: 'Spectrogram of Recording' })
  await picture.focus()
  await page.keyboard.press('0')
  await expect(page).not.toHaveURL(/view=/)
  await expect(page).toHaveURL(/axis=mel/)
  await page.keyboard.press('+')
  await expect(page).toHaveURL(/view=[\d.]+-[\d.]+/)
  await picture.scrollIntoViewIfNeeded()
  const box = await picture.boundingBox()
  if (!box) throw new Error('the picture has no bounding box')
  await page.mouse.move(box.x + box.width * 0.25, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect(page).not.toHaveURL(/loop=0\.5-1\.25/)
  const link = page.url()
  await page.goto('about:blank')
  await page.goto(link)
  await openDisplay(page)
  await expect(takes(page).getByRole('checkbox', { name: 'Loop', exact: true })).toBeChecked()
  await expect(page).toHaveURL(link)
})

test('without a working audio output the page reports it and keeps working', async ({ page }) => {
  await page.addInitScript(() => {
    class NoOutput {
      constructor() {
        throw new DOMException('No device.', 'NotSupportedError')
      }
    }
    Object.assign(window, { AudioContext: NoOutput })
  })
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await synthesize(page)
  await take(page, 'InferGrad').getByRole('button', { name: 'Play' }).click()
  await expect(page.getByRole('alert')).toContainText('no working audio output')
  await expect(page.getByRole('button', { name: 'Start the clock' })).toBeVisible()
  await stepsChoice(page, '3').check()
  await synthesize(page)
  await expect(take(page, 'InferGrad')).toContainText('3 steps')
})
