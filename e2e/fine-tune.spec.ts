import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { wav } from './testing/files.mjs'
import {
  addExampleVoice,
  button,
  chooseShortSession,
  fineTuning,
  openFineTuning,
  pauseWithCheckpoint,
  progress,
  sessionEnd,
  userModels,
  waitForStepAfter,
} from './testing/fine-tune-page.ts'
import { expect, openView, synthesize, take, test } from './testing/page.ts'

test('a voice is trained, played, exported, and imported after a reload', async ({ page }) => {
  await openFineTuning(page, '?example=synthetic')
  await expect(button(page, 'Start fine-tuning')).toBeDisabled()
  await button(page, 'Use the page’s recording').click()
  await chooseShortSession(page, { steps: 80, measuredEvery: 80 })
  await fineTuning(page).getByLabel('Name of the model').fill('Short lesson 4')
  await button(page, 'Start fine-tuning').click()
  await expect(progress(page)).toHaveAttribute('aria-valuetext', /Step \d+ of 80/)
  await button(page, 'Pause').click()
  await expect(button(page, 'Resume')).toBeVisible()
  await expect(fineTuning(page).getByRole('figure', { name: 'Loss', exact: true })).toContainText(/STFT \d/)
  await button(page, 'Resume').click()
  await expect(sessionEnd(page)).toBeVisible({ timeout: 60_000 })

  await test.step('the takes before and after appear by themselves', async () => {
    await openView(page, 'Listen')
    await expect(page.getByRole('heading', { name: 'Held out from Short lesson 4' })).toBeVisible()
    await expect(take(page, 'Fine-tuned')).toContainText('LSD', { timeout: 60_000 })
    await expect(take(page, 'Recording')).toBeVisible()
    await page.locator('body').click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('3')
    await expect(
      page.getByRole('toolbar', { name: 'Heard take' }).getByRole('button', { name: 'Fine-tuned' }),
    ).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('arrow keys switch snapshots, and playing them pauses the takes', async () => {
    await page.getByRole('button', { name: 'Start the clock' }).click()
    await openView(page, 'Fine-tune')
    await button(page, 'Play the snapshots').click()
    await expect(page.getByRole('button', { name: 'Start the clock' })).toBeVisible()
    await fineTuning(page).getByRole('radio', { name: 'Recording' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(fineTuning(page).getByRole('radio', { name: 'Before' })).toBeChecked()
    await button(page, 'Pause the snapshots').click()
    await button(page, 'Play the snapshots').click()
    await openView(page, 'Listen')
    await openView(page, 'Fine-tune')
    await expect(button(page, 'Play the snapshots'), 'paused by leaving the view').toBeVisible()
  })

  const { violations } = await new AxeBuilder({ page }).include('#fine-tune').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  const [zip] = await Promise.all([page.waitForEvent('download'), button(page, 'Export weights').click()])
  expect(zip.suggestedFilename()).toBe('Short-lesson-4.zip')
  const bytes = readFileSync(await zip.path())
  expect(bytes.includes('model.safetensors') && bytes.includes('config.json')).toBe(true)

  await openFineTuning(page, '?example=synthetic')
  await expect(userModels(page).getByRole('group', { name: 'Short lesson 4' })).toBeVisible()
  await expect(page).not.toHaveURL(/lesson/)
  await page
    .getByLabel('Import a model')
    .setInputFiles({ name: 'lesson.zip', mimeType: 'application/zip', buffer: bytes })
  await expect(userModels(page).getByRole('group')).toHaveCount(2)
  await expect(userModels(page).getByRole('radio', { name: 'Short lesson 4', checked: true })).toHaveCount(1)
  await openView(page, 'Listen')
  await synthesize(page)
  await expect(take(page, 'Fine-tuned')).toContainText('2 steps')
  await openView(page, 'Fine-tune')

  await test.step('the copy is renamed, deleted and restored', async () => {
    const [first] = await userModels(page).getByRole('group').all()
    await first.getByRole('button', { name: 'Rename' }).click()
    await userModels(page).getByLabel('New name').fill('Copy 12')
    await page.keyboard.press('Enter')
    const copy = userModels(page).getByRole('group', { name: 'Copy 12' })
    await copy.getByRole('button', { name: 'Delete' }).click()
    await expect(copy).toHaveCount(0)
    await userModels(page).getByRole('button', { name: 'Undo' }).click()
    await expect(copy).toBeVisible()
  })
})

test('a session stops within a step, and one interrupted by a reload resumes', async ({ page }) => {
  await openFineTuning(page)
  await addExampleVoice(page)
  await chooseShortSession(page, { steps: 200, measuredEvery: 100 })
  await button(page, 'Start fine-tuning').click()
  await expect(progress(page)).toHaveAttribute('aria-valuetext', /Step [1-9]/)
  await pauseWithCheckpoint(page)
  await page.reload()
  const notice = page.getByRole('region', { name: 'Unfinished fine-tuning' })
  await expect(notice).toContainText(/checkpoint is of step \d+ of 200/)
  await openView(page, 'Listen')
  await page.getByRole('link', { name: 'Fine-tuning was interrupted' }).click()
  const step = Number((await notice.textContent())?.match(/step (\d+) of/)?.[1])
  await notice.getByRole('button', { name: 'Resume' }).click()
  await waitForStepAfter(page, step)
  await button(page, 'Stop').click()
  await expect(sessionEnd(page)).toContainText(/Stopped after \d+ of 200 steps/, { timeout: 30_000 })
  await page.reload()
  await expect(userModels(page)).toBeVisible()
  await expect(notice).toHaveCount(0)
})

test('unusable recordings are refused, and stay for correction', async ({ page }) => {
  await openFineTuning(page)
  const add = (file: ReturnType<typeof wav>, name: string) =>
    page.getByLabel('Add recordings').setInputFiles({ ...file, name })
  await add(wav(4, 22050, 0), 'silent.wav')
  await button(page, 'Start fine-tuning').click()
  await expect(page.getByRole('alert')).toContainText('The recording is silent')
  await button(page, 'Remove silent.wav').click()
  await add(wav(1.5, 44100), 'short.wav')
  await button(page, 'Start fine-tuning').click()
  await expect(page.getByRole('alert').filter({ hasText: 'too little speech' })).toContainText('at least 3 s')
  await expect(button(page, 'Remove short.wav')).toBeVisible()
  await page
    .getByLabel('Add recordings')
    .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no audio') })
  await expect(page.getByRole('alert').filter({ hasText: 'notes.txt' })).toBeVisible()
})

test('settings are validated while typing, and a preset can be restored', async ({ page }) => {
  await openFineTuning(page)
  await fineTuning(page).getByRole('button', { name: 'All settings' }).click()
  const crop = fineTuning(page).getByLabel('Crop, samples')
  await crop.fill('8000')
  await expect(fineTuning(page).getByText('Accepted: a multiple of 256')).toBeVisible()
  await crop.fill('4096')
  await expect(fineTuning(page).getByText('2 crops of 0.19 s')).toBeVisible()
  await fineTuning(page).getByRole('button', { name: 'Reset to the preset' }).click()
  await expect(crop).toHaveValue('8192')
  await fineTuning(page).getByRole('button', { name: 'Undo the reset' }).click()
  await expect(crop).toHaveValue('4096')
  await fineTuning(page).getByRole('radio', { name: 'Adapt WaveGrad' }).check()
  await expect(fineTuning(page).getByText('from wavegrad-frames')).toBeVisible()
})
