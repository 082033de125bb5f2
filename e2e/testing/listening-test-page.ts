/** Page objects of the blind test: its regions and buttons by name, its files, and what is stored of it. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { tacotronMel } from './files.mjs'
import { expect, open, openMel } from './page.ts'

export const region = (page: Page) => page.getByRole('region', { name: 'Blind test' })
export const press = (page: Page, name: string) => region(page).getByRole('button', { name }).click()
export const trial = (page: Page, number: number, of: number) =>
  region(page).getByRole('region', { name: `Trial ${number} of ${of}`, exact: true })

/** Covers the page from the preparation of a test to its end. */
export const stage = (page: Page) => page.getByRole('dialog', { name: 'Blind test' })

export async function openShort(page: Page) {
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
}

/** Starts a prepared ABX test and returns its first trial. */
export async function startAbx(page: Page, trials: string) {
  await region(page).getByLabel('Trials').selectOption(trials)
  await press(page, 'Start ABX test')
  await expect(trial(page, 1, Number(trials))).toBeVisible({ timeout: 60_000 })
}

export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).include('#listening-test').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

/** The file that a button downloads, in a form that can be opened. */
export async function exported(page: Page, button = 'Export results') {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)])
  const buffer = readFileSync(await download.path())
  return { name: download.suggestedFilename(), mimeType: 'application/json', buffer }
}

/**
 * The number of the test's answers on the disk, and of those taken back; undefined while the page replaces the file,
 * which makes an open `File` unreadable. Poll it.
 */
export function savedAnswers(page: Page): Promise<{ answers: number; takenBack: number } | undefined> {
  return page.evaluate(async () => {
    let folder = await navigator.storage.getDirectory()
    for (const name of ['kept-files', 'listening-test', '0']) folder = await folder.getDirectoryHandle(name)
    try {
      const file = await (await folder.getFileHandle('session.json')).getFile()
      const { answers, takenBack } = JSON.parse(await file.text()).session
      return { answers: answers.length, takenBack }
    } catch (error) {
      if (error instanceof DOMException || error instanceof SyntaxError) return undefined
      throw error
    }
  })
}

export const json = (name: string, text: string) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})
