/** External events in a session: a full disk, a lost worker, another tab, a synthesis; and irregular recordings. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { tacotronMel, wav } from './testing/files.mjs'
import {
  addExampleVoice,
  button,
  chooseShortSession,
  fineTuning,
  openFineTuning,
  pauseWithCheckpoint,
  progress,
  sessionEnd,
  stepsDone,
  userModels,
  waitForStepAfter,
} from './testing/fine-tune-page.ts'
import { killWorker, makeWorkersKillable } from './testing/killable-workers.ts'
import { expect, openMel, openView, synthesizeButton, test } from './testing/page.ts'

const cropSamples = 2048

/** Prepares more steps than any test waits for. */
async function prepareLongSession(page: Page) {
  await addExampleVoice(page)
  await chooseShortSession(page, { steps: 400, measuredEvery: 400, cropSamples })
}

async function startLongSession(page: Page) {
  await prepareLongSession(page)
  await button(page, 'Start fine-tuning').click()
  await waitForStepAfter(page, 0)
}

/** Plain WaveGrad steps are several times as fast as InferGrad's, so a checkpoint is due soon. */
async function choosePlainWaveGrad(page: Page) {
  await fineTuning(page).getByRole('radio', { name: 'Adapt WaveGrad' }).check()
}

/** Limits the disk to `bytes` more than are in use, or fewer if negative. Returns a function that ends the limit. */
async function limitDisk(page: Page, bytes: number): Promise<() => Promise<void>> {
  const cdp = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin })
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes })
  return async () => {
    await cdp.send('Storage.overrideQuotaForOrigin', { origin })
  }
}

test('a full disk pauses a session, which resumes there, or elsewhere from a file', async ({ page }) => {
  await openFineTuning(page)
  await choosePlainWaveGrad(page)
  // Leaves space for the recordings, but not for a checkpoint.
  const unlimited = await limitDisk(page, 20e6)
  await startLongSession(page)

  const alert = fineTuning(page).getByRole('alert')
  await expect(alert).toContainText(/Found: [\d.]+ MB needed\b/, { timeout: 45_000 })
  await expect(progress(page)).toHaveAttribute('aria-valuetext', /^Paused/)
  await expect(alert).toContainText('No checkpoint of this session is stored yet')
  await expect(fineTuning(page).getByText('in memory only: a reload loses it')).toBeVisible()
  const pausedAt = await stepsDone(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    alert.getByRole('button', { name: 'Download the checkpoint' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(new RegExp(`-checkpoint-${pausedAt}\\.safetensors$`))
  const buffer = readFileSync(await download.path())

  await unlimited()
  await button(page, 'Resume').click()
  await waitForStepAfter(page, pausedAt)
  await expect(alert).toHaveCount(0)

  await test.step('a page without the session resumes from the file', async () => {
    await openFineTuning(page)
    await choosePlainWaveGrad(page)
    await prepareLongSession(page)
    await page
      .getByLabel('Resume from checkpoint')
      .setInputFiles({ name: 'lesson.safetensors', mimeType: 'application/octet-stream', buffer })
    await expect(fineTuning(page).getByText('Resumes from lesson.safetensors')).toBeVisible()
    await button(page, 'Start fine-tuning').click()
    await waitForStepAfter(page, 0)
    expect(await stepsDone(page)).toBeGreaterThanOrEqual(pausedAt)
    await waitForStepAfter(page, pausedAt)
  })
})

test('where a full disk cuts a save short, a reload finds the checkpoint that the page has named', async ({
  page,
}) => {
  await openFineTuning(page)
  await choosePlainWaveGrad(page)
  await startLongSession(page)
  const first = await pauseWithCheckpoint(page)
  await button(page, 'Resume').click()
  await waitForStepAfter(page, first)
  const kept = await pauseWithCheckpoint(page)
  // Both files of the session exist now. The next checkpoint overwrites the older, and Chromium writes half of it.
  const unlimited = await limitDisk(page, -24e6)
  await button(page, 'Resume').click()
  // The session saves by itself within 25 steps.
  const alert = fineTuning(page).getByRole('alert')
  await expect(alert).toContainText(`The checkpoint of step ${kept} is still stored`, { timeout: 45_000 })
  await expect(fineTuning(page).getByText(`in memory only: a reload goes back to step ${kept}`)).toBeVisible()

  await openFineTuning(page)
  await expect(page.getByText(`Its last checkpoint is of step ${kept} of 400`)).toBeVisible()
  await unlimited()
  await page.getByRole('button', { name: 'Resume' }).click()
  await waitForStepAfter(page, kept)
})

test('a crashed trainer is replaced, and the session ends with a model', async ({ page }) => {
  await makeWorkersKillable(page)
  await openFineTuning(page)
  await addExampleVoice(page)
  await chooseShortSession(page, { steps: 160, measuredEvery: 160, cropSamples })
  await button(page, 'Start fine-tuning').click()
  await waitForStepAfter(page, 0)
  const kept = await pauseWithCheckpoint(page)
  await button(page, 'Resume').click()
  await waitForStepAfter(page, kept)
  await killWorker(page, 'trainer')
  // A checkpoint may have been saved since the session was resumed.
  const restarted = fineTuning(page).getByText(/Restarted from step \d+: /)
  await expect(restarted).toBeVisible({ timeout: 30_000 })
  const step = Number((await restarted.textContent())?.match(/Restarted from step (\d+)/)?.[1])
  expect(step).toBeGreaterThanOrEqual(kept)
  await expect(sessionEnd(page)).toContainText('Finished after 160 steps', { timeout: 60_000 })
  await expect(userModels(page).getByRole('group')).toHaveCount(1)
})

test('a second tab is refused while one trains, and keeps its settings', async ({ page, context }) => {
  await openFineTuning(page)
  await startLongSession(page)
  const second = await context.newPage()
  await openFineTuning(second)
  await addExampleVoice(second)
  await chooseShortSession(second, { steps: 77, measuredEvery: 77, cropSamples })
  await button(second, 'Start fine-tuning').click()
  await expect(second.getByRole('alert')).toContainText('being fine-tuned already')
  await expect(fineTuning(second).getByText('11 recordings')).toBeVisible()
  await expect(fineTuning(second).getByText('77 steps')).toBeVisible()
  await expect(button(second, 'Start fine-tuning')).toBeEnabled()
  await waitForStepAfter(page, await stepsDone(page))
})

test('a voice is recorded from the microphone, and irregular recordings are noted', async ({ page }) => {
  await openFineTuning(page)
  await button(page, 'Record a voice').click()
  const stop = fineTuning(page).getByRole('button', { name: /^Stop [4-9]/ })
  await stop.click()
  const recordings = fineTuning(page).getByRole('list', { name: 'Recordings' })
  await expect(recordings.getByText(/^Recording of/)).toBeVisible()
  await recordings.getByRole('button', { name: /^Remove Recording of/ }).click()
  await page.getByLabel('Add recordings').setInputFiles([
    { ...wav(3, 22050, 20), name: 'clipped.wav' },
    { ...wav(3, 48000), name: 'studio.wav' },
  ])
  await expect(recordings.getByRole('listitem')).toHaveCount(2)
  await chooseShortSession(page, { steps: 1, measuredEvery: 1, cropSamples })
  await button(page, 'Start fine-tuning').click()
  await expect(fineTuning(page).getByText(/^clipped\.wav is clipped in \d+ places/)).toBeVisible()
  await expect(
    fineTuning(page).getByText('studio.wav was resampled from 48000 Hz to 22050 Hz.'),
  ).toBeVisible()
})

test('training waits during a synthesis and continues after it', async ({ page }) => {
  await openFineTuning(page, '?example=synthetic')
  await startLongSession(page)
  await openView(page, 'Listen')
  await openMel(page, tacotronMel(2000, 'lj-modern.npy'))
  await synthesizeButton(page).click()
  await openView(page, 'Fine-tune')
  await expect(
    fineTuning(page).getByText('Paused for a synthesis; training continues after it.'),
  ).toBeVisible()
  await expect(progress(page)).toHaveAttribute('aria-valuetext', /^Learning/)
  await waitForStepAfter(page, await stepsDone(page))
})
