import type { Page } from '@playwright/test'
import { zipSync } from 'fflate'
import { type NamedFile, npy, tacotronMel, wav } from './testing/files.mjs'
import { expect, open, openFile, openMel, synthesize, take, test } from './testing/page.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
const melFile = (page: Page) => page.getByRole('region', { name: 'Mel file' })
const invitation = (page: Page) => page.getByText('Drop a mel or an audio file', { exact: true })

/** Drags `files` over the page and drops them, unless `end` is `dragleave`. */
async function drag(page: Page, files: readonly NamedFile[], end: 'drop' | 'dragleave' = 'drop') {
  const carried = await page.evaluateHandle(
    (listed) => {
      const transfer = new DataTransfer()
      for (const { name, base64 } of listed) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([bytes], name))
      }
      return transfer
    },
    files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') })),
  )
  const over = page.getByRole('main')
  await over.dispatchEvent('dragenter', { dataTransfer: carried })
  await over.dispatchEvent('dragover', { dataTransfer: carried })
  await expect(invitation(page)).toBeVisible()
  await over.dispatchEvent(end, { dataTransfer: carried })
  await expect(invitation(page)).toHaveCount(0)
}

test('files can be dropped anywhere: a mel, audio, a mel with its configuration or before it, several', async ({
  page,
}) => {
  await open(page, '?example=lj-modern')
  const mel = tacotronMel(32, 'lj-modern.npy')
  await drag(page, [mel], 'dragleave')
  await expect(heading(page, 'LJ Speech: Comparatively modern')).toBeVisible()
  await drag(page, [wav(0.5)])
  await expect(heading(page, 'vowel.wav')).toBeVisible()
  const yaml = { name: 'config.yaml', mimeType: 'text/yaml', buffer: Buffer.from('hop_size: 300') }
  await drag(page, [yaml, mel])
  await expect(melFile(page)).toContainText('Read with config.yaml')
  await expect(melFile(page)).toContainText('hop 300, not 256')
  await drag(page, [mel])
  await expect(melFile(page)).not.toContainText('Read with')
  await drag(page, [yaml])
  await expect(melFile(page)).toContainText('Read with config.yaml')
  await drag(page, [mel, { ...mel, name: 'other.npy' }])
  await expect(page.getByText('they are in the batch')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Batch', exact: true })).toHaveAttribute('aria-current', 'page')
})

test('a zip of mels is in the batch, a zip of one opens, and so does a mel in text', async ({ page }) => {
  await open(page, '?example=lj-modern')
  const mel = tacotronMel(32, 'lj-modern.npy')
  const zipOf = (name: string, entries: Record<string, Uint8Array>) => ({
    name,
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(entries)),
  })
  await openFile(
    page,
    zipOf('one.zip', { 'mels/inside.npy': mel.buffer, 'mels/.DS_Store': Buffer.from('?') }),
  )
  await expect(heading(page, 'inside.npy')).toBeVisible()
  const lines = Array.from({ length: 24 }, (_, frame) =>
    Array.from({ length: 80 }, (_, band) => (-11.5 + ((7 * frame + 3 * band) % 23) / 2).toFixed(4)).join(','),
  )
  const csv = { name: 'mel.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
  await openFile(page, csv)
  await expect(melFile(page).getByText('mel.csv, [24, 80]')).toBeVisible()
  await drag(page, [zipOf('two.zip', { 'a.npy': mel.buffer, 'b.npy': mel.buffer })])
  await expect(page.getByText('they are in the batch')).toBeVisible()
})

test('dropping a link does not navigate away', async ({ page }) => {
  await open(page)
  const refused = await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.setData('text/uri-list', 'https://example.org/')
    const event = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true })
    return !document.body.dispatchEvent(event)
  })
  expect(refused).toBe(true)
})

test('the microphone is recorded with a level meter, and becomes the source', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Microphone' }).click()
  const stop = page.getByRole('button', { name: /^Stop/ })
  await expect(stop).toContainText(/[1-9]\.\d s/, { timeout: 10_000 })
  await stop.click()
  await expect(heading(page, /^Recording of/)).toBeVisible()
  await expect(page.getByText('mel computed from the audio')).toBeVisible()
  await expect(take(page, 'Recording').getByRole('button', { name: 'Download WAV' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Microphone' })).toBeFocused()
})

test('a denied microphone is reported, and an unanswered request can be cancelled', async ({ page }) => {
  await page.addInitScript(() => {
    let calls = 0
    navigator.mediaDevices.getUserMedia = () =>
      calls++ === 0
        ? new Promise(() => {})
        : Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
  })
  await open(page)
  await page.getByRole('button', { name: 'Microphone' }).click()
  await expect(page.getByRole('button', { name: 'Waiting for permission' })).toBeVisible()
  await page.getByRole('button', { name: 'Do not record' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByRole('button', { name: 'Microphone' }).click()
  await expect(page.getByRole('alert')).toContainText('does not let this page use the microphone')
})

test('the interpretation of a mel can be corrected, and the page shows the new one', async ({ page }) => {
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  const picture = page.locator('canvas').first()
  const before = await picture.screenshot()
  await melFile(page).getByRole('button', { name: 'Read it differently' }).click()
  await melFile(page).getByLabel('Values are').selectOption('log10 of magnitude')
  await melFile(page).getByRole('button', { name: 'Read again' }).click()
  await expect(melFile(page)).toContainText('logarithm to base 10 of magnitude, as chosen')
  await expect(melFile(page)).toContainText('is below every floor in use')
  await expect.poll(async () => (await picture.screenshot()).equals(before)).toBe(false)
})

test('where two readings are likely, both can be listened to, and one is chosen', async ({ page }) => {
  await open(page, '?example=lj-modern')
  // Base 10 above a floor that is never reached: the model's analysis, or that of ESPnet at 24 kHz.
  const values = Float32Array.from(
    { length: 64 * 80 },
    (_, i) => -2 - 1.3 * Math.cos(i / 17) * Math.sin(i * i),
  )
  await drag(page, [npy('tts.npy', [64, 80], values)])
  const readings = melFile(page).getByRole('list', { name: 'Likely readings' })
  await expect(readings.getByRole('listitem')).toHaveCount(2)
  await readings.getByRole('button', { name: 'Listen to reading 2' }).click()
  await expect(readings.getByRole('button', { name: 'Listen to reading 2' })).toBeEnabled()
  await readings.getByRole('button', { name: 'Use reading 2' }).click()
  await expect(heading(page, 'tts.npy')).toBeVisible()
  await expect(readings).toHaveCount(0)
})

test('padding of a batch is named, and cut on request', async ({ page }) => {
  await open(page)
  const speech = Float32Array.from(
    { length: 40 * 80 },
    (_, i) => -5.5 - 5 * Math.cos(i / 17) * Math.sin(i * i),
  )
  const padded = new Float32Array(60 * 80)
  padded.set(speech)
  await drag(page, [npy('padded.npy', [60, 80], padded)])
  await expect(melFile(page)).toContainText('its last 20 frames')
  await melFile(page).getByRole('button', { name: 'Cut 20 frames of padding' }).click()
  await expect(melFile(page)).toContainText('20 frames of padding are cut')
  await expect(page.getByText('40 frames × 80 bands')).toBeVisible()
})

test('for normalised values the page asks for statistics, and opens them with their producer’s', async ({
  page,
}) => {
  await open(page, '?example=lj-modern')
  const values = Float32Array.from({ length: 32 * 80 }, (_, i) => 1.4 * Math.sin(i * i))
  await drag(page, [npy('utt-feats.npy', [32, 80], values)])
  await expect(melFile(page).getByRole('alert')).toContainText('Which mean and deviation')
  await expect(heading(page, 'LJ Speech: Comparatively modern')).toBeVisible()
  const statistics = npy(
    'stats.npy',
    [2, 80],
    Float32Array.from({ length: 160 }, (_, i) => (i < 80 ? -2 : 0.9)),
  )
  await melFile(page).getByLabel('Producer’s configuration or statistics…').setInputFiles(statistics)
  await expect(melFile(page)).toContainText('Read with stats.npy')
  await expect(heading(page, 'utt-feats.npy')).toBeVisible()
  await synthesize(page)
})

test('a stereo recording with a silent channel uses the other one, with a note and a choice', async ({
  page,
}) => {
  await open(page)
  const mono = wav(1).buffer
  const right = Buffer.alloc(44 + 2 * (mono.length - 44))
  mono.copy(right, 0, 0, 44)
  right.writeUInt32LE(right.length - 8, 4)
  right.writeUInt16LE(2, 22)
  right.writeUInt32LE(4 * 22050, 28)
  right.writeUInt16LE(4, 32)
  right.writeUInt32LE(right.length - 44, 40)
  for (let at = 44; at < mono.length; at += 2) mono.copy(right, 44 + 2 * (at - 44) + 2, at, at + 2)
  await openFile(page, { name: 'right.wav', mimeType: 'audio/wav', buffer: right })
  await expect(page.getByText(/^right\.wav has 2 channels that differ.*channel 2 is used/)).toBeVisible()
  const channel = page.getByRole('combobox', { name: 'Channel' })
  await expect(channel).toHaveValue('1')
  await channel.selectOption('1 of 2')
  await expect(channel).toHaveValue('0')
})
