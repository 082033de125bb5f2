import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import { type NamedFile, npy, tacotronMel, wav } from './testing/files.mjs'
import { expect, open, openFile, openMel, synthesize, synthesizeButton, take, test } from './testing/page.ts'

/** Files written by PyTorch and other programs. */
const written = JSON.parse(
  readFileSync(new URL('../src/io/fixtures/numpy-files.fixture.json', import.meta.url), 'utf8'),
)

const file = (name: string, buffer: Buffer): NamedFile => ({
  name,
  mimeType: 'application/octet-stream',
  buffer,
})
const good = tacotronMel(32, 'lj-modern.npy')
const nan = npy('nan.npy', [80, 4], new Float32Array(320).fill(-5).with(7, Number.NaN))

/** Files that a user drops, with text that the message must contain. */
const cases: [NamedFile, RegExp][] = [
  [file('empty.npy', Buffer.alloc(0)), /empty/i],
  [file('cut.npy', good.buffer.subarray(0, 5000)), /expected [\d,]+.*got [\d,]+|cut/i],
  [nan, /\[1, 3\]/],
  [npy('bands.npy', [12, 9], new Float32Array(12 * 9).fill(-5)), /no axis of 80 bands/],
  [file('voice.pt', Buffer.from(written.torch.base64, 'base64')), /safetensors|npy/i],
  [file('model.pkl', Buffer.from([0x80, 4, 0x95, 0, 0, 0, 0])), /safetensors|npy/i],
  [file('notes.txt', Buffer.from('hello, this is no mel')), /notes\.txt/],
  [file('mel.json', Buffer.from('[[1, 2], [3]')), /mel\.json/],
  [file('silent.wav', wav(0.5).buffer.subarray(0, 30)), /silent\.wav/],
  [file('feats.scp', Buffer.from('LJ001-0001 dump/raw/feats.1.ark:11\n')), /Kaldi index.*Open the \.ark/s],
  [file('feats.ark', Buffer.from('LJ001-0001 \0BCM \0\0')), /feats\.ark.*copy-feats --compress=false/s],
  [file('notes.zip', Buffer.from(zipSync({ 'readme.md': Buffer.from('?') }))), /notes\.zip holds no mel/],
  [file('speech.caf', Buffer.from('caff\0\x01\0\0desc')), /CAF.*ffmpeg -i speech\.caf/s],
  [
    file('song.mp3', Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, ...new Array(64).fill(7)])),
    /song\.mp3/,
  ],
]

test('a bad file gets a message that names it, and nothing on the page is lost', async ({ page }) => {
  await open(page)
  await openMel(page, good)
  await synthesize(page)
  for (const [bad, words] of cases) {
    await openFile(page, bad)
    const alert = page.getByRole('alert').filter({ hasText: bad.name })
    await expect(alert, bad.name).toBeVisible()
    await expect(alert).toContainText(words)
    await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible()
    await alert.getByRole('button', { name: 'Dismiss' }).click()
    await expect(alert).toHaveCount(0)
  }
  await synthesize(page)
})

test('invalid parameters in the address are ignored with a note', async ({ page }) => {
  await open(page, '?steps=banana&seed=-4&backend=abacus')
  await expect(page.getByText('steps=banana')).toBeVisible()
  await expect(page.getByText('backend=abacus')).toBeVisible()
  await expect(page.getByRole('radio', { name: '2', exact: true })).toBeChecked()
})

test.describe('weights', () => {
  test.use({ complaintsExpected: true })

  test('an interrupted download is reported, and a retry works', async ({ page }) => {
    let broken = true
    await page.route('**/infergrad-frames/model.safetensors', async (route) => {
      if (!broken) return route.continue()
      const response = await route.fetch()
      await route.fulfill({ response, body: (await response.body()).subarray(0, 100_000) })
    })
    await page.goto('./?example=lj-modern')
    const alert = page.getByRole('alert').filter({ hasText: 'infergrad-frames' })
    await expect(alert).toBeVisible({ timeout: 60_000 })
    broken = false
    await alert.getByRole('button', { name: 'Try again' }).click()
    await openMel(page, good)
    await synthesize(page)
  })

  test('a download that never answers holds nothing else, can be cancelled, and ends by itself', async ({
    page,
  }) => {
    let hangs = true
    const held: (() => Promise<void>)[] = []
    await page.route('**/wavegrad-frames/model.safetensors', (route) => {
      if (!hangs) return route.continue()
      held.push(() => route.abort())
      return undefined
    })
    await open(page, '?example=lj-modern')
    const engine = page.getByRole('region', { name: 'Synthesis', exact: true })
    await expect(engine.getByText('Loading WaveGrad…')).toBeVisible()
    await engine.getByRole('button', { name: 'Cancel the download' }).click()
    // The next model in the list loads then.
    await expect(engine.getByText('Loading')).toHaveCount(0, { timeout: 60_000 })
    await expect(page.getByRole('alert')).toHaveCount(0)

    await synthesizeButton(page).click()
    const alert = page.getByRole('alert').filter({ hasText: 'wavegrad-frames' })
    await expect(alert).toContainText('stalled', { timeout: 60_000 })
    await expect(alert).toContainText('nothing for 20 s')
    await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
      timeout: 90_000,
    })
    hangs = false
    await alert.getByRole('button', { name: 'Try again' }).click()
    await expect(alert).toHaveCount(0)
    await Promise.all(held.map((abort) => abort().catch(() => {})))
  })

  test('weights that differ from the configuration’s hash are never used', async ({ page }) => {
    await page.route('**/infergrad-frames/model.safetensors', async (route) => {
      const response = await route.fetch()
      const body = await response.body()
      body[body.length - 1000] ^= 1
      await route.fulfill({ response, body })
    })
    await page.goto('./?example=lj-modern')
    await expect(page.getByRole('alert').filter({ hasText: /SHA-256|hash|checksum/i })).toBeVisible({
      timeout: 60_000,
    })
  })
})
