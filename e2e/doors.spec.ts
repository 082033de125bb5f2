/** Files at every door of the page: each place of the page takes what belongs there and sends the rest where it belongs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { zipSync } from 'fflate'
import { type NamedFile, tacotronMel, wav } from './testing/files.mjs'
import { expect, open, openView, synthesizeButton, take, takes, test } from './testing/page.ts'

const mel = tacotronMel(32, 'lj-modern.npy')
const file = (name: string, buffer: Buffer): NamedFile => ({ name, mimeType: '', buffer })
const zip = file(
  'clips.zip',
  Buffer.from(
    zipSync({
      'clips/one.wav': wav(0.5).buffer,
      'clips/two.npy': mel.buffer,
      'clips/three.wav': wav(0.6).buffer,
      'clips/config.yaml': Buffer.from('hop_size: 256'),
      'clips/inner.zip': Buffer.from(zipSync({})),
    }),
  ),
)
const rows = (page: Page) =>
  page.getByRole('region', { name: 'Batch', exact: true }).getByRole('rowheader', { name: /\.(wav|npy)/ })
const recordings = (page: Page) => page.getByRole('list', { name: 'Recordings' }).getByRole('listitem')

async function transfer(page: Page, files: readonly NamedFile[]) {
  return page.evaluateHandle(
    (listed) => {
      const carried = new DataTransfer()
      for (const { name, base64 } of listed) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        carried.items.add(new File([bytes], name))
      }
      return carried
    },
    files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') })),
  )
}

async function drop(page: Page, on: Locator, files: readonly NamedFile[]) {
  const dataTransfer = await transfer(page, files)
  for (const event of ['dragenter', 'dragover', 'drop']) await on.dispatchEvent(event, { dataTransfer })
}

test('a zip of recordings and a mel goes to the batch from every view but one, and there to the voice', async ({
  page,
}) => {
  await open(page, '?example=lj-modern')
  for (const [index, view] of (
    ['Start', 'Listen', 'Inside', 'Compare', 'Blind test', 'Batch', 'How it works'] as const
  ).entries()) {
    await openView(page, view)
    await drop(page, page.getByRole('main'), [zip])
    await expect(page.getByRole('link', { name: 'Batch', exact: true }), view).toHaveAttribute(
      'aria-current',
      'page',
    )
    await expect(rows(page), view).toHaveCount(3 * (index + 1))
  }
  await expect(page.getByText('clips.zip also holds what was not opened: inner.zip.')).toBeVisible()
  await openView(page, 'Fine-tune')
  await drop(page, page.getByRole('main'), [zip])
  await expect(recordings(page)).toHaveText([/one\.wav/, /three\.wav/])
  await expect(page.getByRole('alert')).toContainText('two.npy is a mel spectrogram')
})

test('a zip is read at the buttons for takes, a voice and the batch', async ({ page }) => {
  await open(page, '?example=lj-modern')
  await page.getByLabel('Add audio to compare').setInputFiles(zip)
  for (const name of ['one.wav', 'three.wav'])
    await expect(take(page, name).getByRole('button', { name: 'Download WAV' })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('two.npy is a mel spectrogram, which cannot be heard')
  await openView(page, 'Fine-tune')
  await page.getByLabel('Add recordings').setInputFiles(zip)
  await expect(recordings(page)).toHaveText([/one\.wav/, /three\.wav/])
  await openView(page, 'Batch')
  await page.getByLabel('Add files').setInputFiles(zip)
  await expect(rows(page)).toHaveText([/one\.wav/, /two\.npy/, /three\.wav/])
})

test.describe('folders', () => {
  let folder = ''
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doors-'))
  })
  test.afterEach(() => rmSync(folder, { recursive: true }))

  /** Drops a folder of the disk, as the browser itself does. */
  async function dropFolder(page: Page, path: string) {
    const devTools = await page.context().newCDPSession(page)
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devTools.send('Input.dispatchDragEvent', { type, x: 800, y: 400, data })
    await devTools.detach()
  }

  test('the files of a folder and its folders open, without notes and hidden files; an empty folder is named', async ({
    page,
  }) => {
    await open(page, '?example=lj-modern')
    const inner = join(folder, 'speaker', 'wavs')
    mkdirSync(inner, { recursive: true })
    mkdirSync(join(folder, 'nothing'))
    await dropFolder(page, join(folder, 'nothing'))
    await expect(page.getByText('The folder nothing holds no files.')).toBeVisible()
    for (const name of ['.DS_Store', 'Thumbs.db']) writeFileSync(join(inner, name), '?')
    writeFileSync(join(folder, 'speaker', 'README.md'), 'A speaker.')
    writeFileSync(join(inner, 'one.wav'), wav(0.5).buffer)
    await dropFolder(page, join(folder, 'speaker'))
    await expect(page.getByRole('heading', { name: 'one.wav' })).toBeVisible()
    await expect(page.getByText('neither mel nor audio: README.md.')).toBeVisible()
    for (let index = 0; index < 300; index++) writeFileSync(join(inner, `${index}.npy`), mel.buffer)
    await dropFolder(page, join(folder, 'speaker'))
    await expect(rows(page)).toHaveCount(301, { timeout: 60_000 })
  })
})

test('a file can be pasted', async ({ page }) => {
  await open(page, '?example=lj-modern')
  const clipboardData = await transfer(page, [wav(0.5)])
  await page.evaluate((carried) => {
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true }))
  }, clipboardData)
  await expect(page.getByRole('heading', { name: 'vowel.wav' })).toBeVisible()
})

test('a file that is dropped while a synthesis runs is the source, and can be synthesized', async ({
  page,
}) => {
  await open(page, '?example=lj-printing')
  await synthesizeButton(page).click()
  await expect(page.getByRole('progressbar', { name: 'Synthesis progress' })).toBeVisible()
  await drop(page, page.getByRole('main'), [mel])
  await expect(page.getByRole('heading', { name: mel.name })).toBeVisible()
  await expect(takes(page).getByRole('group')).toHaveCount(0)
  await expect(synthesizeButton(page)).toBeEnabled({ timeout: 60_000 })
  await synthesizeButton(page).click()
  await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('many files that are refused alike do not cover the page', async ({ page }) => {
  await open(page, '?example=lj-modern')
  const broken = Array.from({ length: 30 }, (_, index) => file(`${index}.wav`, Buffer.from('RIFF')))
  await page.getByLabel('Add audio to compare').setInputFiles(broken)
  const folded = page.getByRole('alert').filter({ hasText: '27 more were refused in the same way' })
  await expect(folded).toContainText('3.wav, 4.wav, 5.wav and 24 others')
  await expect(page.getByRole('alert')).toHaveCount(4)
  await folded.getByRole('button', { name: 'Dismiss' }).click()
  await expect(page.getByRole('alert')).toHaveCount(3)
})
