/** Page objects of fine-tuning: controls by name, and sessions short enough for tests. */
import type { Page } from '@playwright/test'
import { expect, open, openView } from './page.ts'

/** Opens the page, its vocoder ready, on the view “Fine-tune”. */
export async function openFineTuning(page: Page, search = '') {
  await open(page, search)
  await openView(page, 'Fine-tune')
}

export const fineTuning = (page: Page) => page.getByRole('region', { name: 'Fine-tune', exact: true })
export const button = (page: Page, name: string) =>
  fineTuning(page).getByRole('button', { name, exact: true })
export const progress = (page: Page) => page.getByRole('progressbar', { name: 'Fine-tuning progress' })
export const userModels = (page: Page) => fineTuning(page).getByRole('region', { name: 'My models' })
export const sessionEnd = (page: Page) => fineTuning(page).getByText(/^(Finished|Stopped) after/)

/** Waits for a session and returns the number of completed steps that the page shows. */
export const stepsDone = async (page: Page) => Number(await progress(page).getAttribute('aria-valuenow'))

type ShortSession = {
  readonly steps: number
  readonly measuredEvery: number
  /** Default: 4096. */
  readonly cropSamples?: number
}

/** Chooses a few quick steps on little speech, based on the preset's settings. */
export async function chooseShortSession(
  page: Page,
  { steps, measuredEvery, cropSamples = 4096 }: ShortSession,
) {
  await button(page, 'All settings').click()
  for (const [name, value] of [
    ['Training steps', steps],
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
  await expect.poll(() => stepsDone(page), { timeout: 90_000 }).toBeGreaterThan(step)
}

/**
 * Pauses, and waits until the page reports the checkpoint that the pause writes. The page may show one of an earlier
 * step before. Returns the step.
 */
export async function pauseWithCheckpoint(page: Page): Promise<number> {
  await button(page, 'Pause').click()
  await expect(button(page, 'Resume')).toBeVisible()
  const step = await stepsDone(page)
  const checkpoint = new RegExp(`step ${step}, [\\d.]+ MB, in this browser’s storage`)
  await expect(fineTuning(page).getByText(checkpoint)).toBeVisible()
  return step
}
