import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { describeWav, tacotronMel, wav } from './testing/files.mjs'
import { expect, open, openView, test } from './testing/page.ts'

const notes = { name: 'notes.note', mimeType: 'application/octet-stream', buffer: Buffer.from('not a mel') }
/** Two files with the same name, as from two folders. */
const files = [
  tacotronMel(32, 'lj-modern.npy'),
  notes,
  { ...wav(0.5), name: '=odd, name.wav' },
  tacotronMel(32, 'lj-modern.npy', 80),
]

test('a batch pauses, resumes, reports refused files, and is downloaded as a zip with its figures', async ({
  page,
}) => {
  await open(page, '?example=synthetic&steps=2')
  await openView(page, 'Batch')
  const batch = page.getByRole('region', { name: 'Batch', exact: true })
  await page.getByLabel('Add files').setInputFiles(files)
  const row = (name: string) =>
    batch.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  await batch.getByRole('button', { name: 'Start batch' }).click()
  await batch.getByRole('button', { name: 'Pause batch' }).click()
  await expect(batch).toContainText('paused', { timeout: 30_000 })
  await expect(row('=odd, name.wav')).toContainText('waiting')
  await batch.getByRole('button', { name: 'Resume batch' }).click()
  await expect(batch.getByRole('status')).toHaveText('The batch has finished: 3 files done, 1 refused.', {
    timeout: 60_000,
  })
  await expect(row('notes.note')).toContainText('is neither a mel nor audio')
  await expect(row('tacotron2-32.npy (2)')).toContainText('done')
  expect(await page.getByRole('alert').count(), 'problems with a file are shown in its row').toBe(0)

  // Sorts from the keyboard by InferGrad's figure, which only the recording has.
  const heading = batch.getByRole('columnheader', { name: 'InferGrad' })
  await heading.getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await expect(batch.getByRole('row').nth(1)).toContainText('=odd, name.wav')
  await expect(batch.getByRole('row').last()).toContainText('of 1')

  await batch.getByRole('button', { name: 'Hear InferGrad of =odd, name.wav' }).click()
  await expect(batch.getByRole('button', { name: 'Hear InferGrad of =odd, name.wav' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )

  const downloading = page.waitForEvent('download')
  await batch.getByRole('button', { name: 'Download all as zip' }).click()
  const entries = unzipSync(readFileSync(await (await downloading).path()))
  const folders = ['griffin-lim-seed-1', 'infergrad-frames-2-steps-seed-1', 'wavegrad-frames-2-steps-seed-1']
  const names = ['=odd, name.wav', 'tacotron2-32 (2).wav', 'tacotron2-32.wav']
  expect(Object.keys(entries).toSorted()).toEqual([
    'figures.csv',
    ...folders.flatMap((folder) => names.map((name) => `${folder}/${name}`)),
  ])
  const heard = describeWav(Buffer.from(entries['infergrad-frames-2-steps-seed-1/tacotron2-32.wav']))
  expect(heard).toMatchObject({ sampleRateHz: 22050, bits: 16, samples: 32 * 256 })
  expect(heard.peak).toBeGreaterThan(0.01)
  const lines = new TextDecoder().decode(entries['figures.csv']).trim().split('\r\n')
  expect(lines).toHaveLength(1 + 3 * 3 + 1)
  expect(lines.filter((line) => line.startsWith(`"'=odd, name.wav"`))).toHaveLength(3)
})

test('a cancelled batch keeps its results, and can be cleared', async ({ page }) => {
  await open(page, '?example=synthetic')
  await openView(page, 'Batch')
  const batch = page.getByRole('region', { name: 'Batch', exact: true })
  await page
    .getByLabel('Add files')
    .setInputFiles([tacotronMel(32, 'lj-modern.npy'), tacotronMel(6000, 'lj-modern.npy')])
  await batch.getByRole('button', { name: 'Start batch' }).click()
  await expect(batch.getByRole('button', { name: 'Hear Griffin-Lim of tacotron2-32.npy' })).toBeVisible({
    timeout: 30_000,
  })
  await expect(batch.getByRole('row', { name: 'tacotron2-6000.npy' })).toContainText(
    /making (WaveGrad|InferGrad)/,
  )
  await batch.getByRole('button', { name: 'Cancel batch' }).click()
  await expect(batch.getByRole('button', { name: 'Start batch' })).toBeEnabled()
  await expect(batch).toContainText('1 file to make')
  await batch.getByRole('button', { name: 'Clear batch' }).click()
  await expect(batch.getByRole('table')).toHaveCount(0)
})
