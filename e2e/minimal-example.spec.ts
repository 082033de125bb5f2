import { examplePort } from '../playwright.config.ts'
import { tacotronMel } from './testing/files.mjs'
import { expect, test } from './testing/page.ts'

const address = `http://localhost:${examplePort}/`

test('the minimal page around the engine turns a mel into speech, and reports a problem with another file', async ({
  page,
}) => {
  await page.goto(address)
  const [file, status] = [page.getByLabel('Mel spectrogram'), page.getByRole('status')]
  await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no mel') })
  await expect(status).toContainText('notes.txt')
  await file.setInputFiles(tacotronMel(43, 'lj-modern.npy'))
  await expect(status).toContainText(/^Read as .*; \d+\.\d\d s on (webgpu|wasm)\.$/, { timeout: 60_000 })
  const seconds = await page.getByLabel('Speech').evaluate(async (player: HTMLAudioElement) => {
    if (player.readyState === 0)
      await new Promise((resolve) => player.addEventListener('loadedmetadata', resolve))
    return player.duration
  })
  expect(seconds).toBeCloseTo((43 * 256) / 22050, 2)
})
