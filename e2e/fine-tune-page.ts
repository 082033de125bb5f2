/** Fine-tuning as the tests see it: its controls by name, and sessions short enough to be waited for. */
import type { Page } from '@playwright/test'
import { expect } from './page.ts'

export const fineTuning = (page: Page) => page.getByRole('region', { name: 'Fine-tune', exact: true })
export const button = (page: Page, name: string) =>
  fineTuning(page).getByRole('button', { name, exact: true })
export const progress = (page: Page) => page.getByRole('progressbar', { name: 'Fine-tuning progress' })
export const userModels = (page: Page) => fineTuning(page).getByRole('region', { name: 'My models' })
export const sessionEnd = (page: Page) => fineTuning(page).getByText(/^(Finished|Stopped) after/)

/** Steps that are done, as the page tells them; waits for a session. */
export const stepsDone = async (page: Page) => Number(await progress(page).getAttribute('aria-valuenow'))

type ShortSession = {
  readonly steps: number
  readonly measuredEvery: number
  /** 4096 unless given. */
  readonly cropSamples?: number
}

/** A few quick steps on little speech, from the settings that the preset gives. */
export async function chooseShortSession(
  page: Page,
  { steps, measuredEvery, cropSamples = 4096 }: ShortSession,
) {
  await button(page, 'All settings').click()
  for (const [name, value] of [
    ['Steps of training', steps],
    ['Crops per step', 1],
    ['Crop, samples', cropSamples],
    ['Measured every, steps', measuredEvery],
    ['Snapshot every, steps', measuredEvery],
  ] as const)
    await fineTuning(page).getByLabel(name).fill(String(value))
}

export async function addExampleVoice(page: Page) {
  await button(page, 'Use the example voice').click()
  await expect(fineTuning(page).getByText('11 recordings, 1 min 8 s')).toBeVisible()
}

export async function waitForStepAfter(page: Page, step: number) {
  await expect.poll(() => stepsDone(page), { timeout: 30_000 }).toBeGreaterThan(step)
}

/** Waits for the checkpoint that a pause writes, as the page tells it. */
export async function pauseWithCheckpoint(page: Page) {
  await button(page, 'Pause').click()
  await expect(button(page, 'Resume')).toBeVisible()
  await expect(fineTuning(page).getByText(/step \d+, [\d.]+ MB, in this browser’s storage/)).toBeVisible()
}
