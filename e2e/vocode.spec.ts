import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { describeWav, tacotronMel, wav } from './testing/files.mjs'
import {
  expect,
  open,
  openFile,
  openMel,
  openView,
  stepsChoice,
  synthesize,
  synthesizeButton,
  take,
  takes,
  test,
} from './testing/page.ts'

async function download(page: Page, name: string, press = 'Download WAV'): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    take(page, name).getByRole('button', { name: press }).click(),
  ])
  return readFileSync(await file.path())
}

test('the page is served cross-origin isolated, and no other page can frame it', async ({ request }) => {
  const headers = (await request.get('./')).headers()
  expect(headers).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
})

test.describe('Trusted Types', () => {
  test.use({ complaintsExpected: true })

  test('are enforced, and only scripts of the page’s host become workers', async ({ page }) => {
    await open(page)
    const outcomes = await page.evaluate(() => {
      const attempt = (act: () => unknown) => {
        try {
          act()
          return 'allowed'
        } catch (thrown) {
          return thrown instanceof TypeError ? 'refused' : String(thrown)
        }
      }
      return {
        markup: attempt(() => {
          document.createElement('div').innerHTML = '<b>text</b>'
        }),
        foreignWorker: attempt(() => new Worker('https://other.test/worker.js')),
      }
    })
    expect(outcomes).toEqual({ markup: 'refused', foreignWorker: 'refused' })
  })
})

test('a Tacotron 2 style mel becomes three takes, each of which can be played and saved', async ({
  page,
}) => {
  await open(page)
  await openMel(page, tacotronMel(64, 'lj-modern.npy'))
  const report = page.getByRole('region', { name: 'Mel file' })
  await expect(report).toContainText('tacotron2-64.npy')
  await expect(report).toContainText('HiFi-GAN')
  await synthesize(page)
  for (const name of ['WaveGrad', 'InferGrad', 'Griffin-Lim']) {
    const file = describeWav(await download(page, name))
    expect(file).toMatchObject({
      riff: 'RIFF',
      formatTag: 1,
      channels: 1,
      sampleRateHz: 22050,
      bits: 16,
      samples: 64 * 256,
    })
    expect(file.peak, `${name} is not silent`).toBeGreaterThan(0.02)
    await expect(take(page, name).getByRole('button', { name: 'Play' })).toBeEnabled()
  }
  await expect(takes(page).getByRole('group', { name: 'Recording', exact: true })).toHaveCount(0)
})

test('an audio file adds its recording as a take, and figures against it', async ({ page }) => {
  await open(page)
  await openFile(page, wav(1))
  await synthesize(page)
  await expect(take(page, 'Recording').getByRole('button', { name: 'Download WAV' })).toBeVisible()
  await expect(take(page, 'InferGrad')).toContainText(/STOI/)
})

test('1, 2, 3, 6 and custom steps are run as chosen', async ({ page }) => {
  await open(page, '?example=lj-modern')
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  for (const steps of ['1', '2', '3', '6']) {
    await stepsChoice(page, steps).check()
    await synthesize(page)
    await expect(take(page, 'WaveGrad')).toContainText(`${steps} step`)
    await expect(take(page, 'InferGrad')).toContainText(`${steps} step`)
  }
  await stepsChoice(page, 'Custom').check()
  const betas = page.getByRole('textbox', { name: /betas/i })
  await betas.fill('0.01, 0.1, 0.5, 0.8')
  await synthesize(page)
  await expect(take(page, 'InferGrad')).toContainText('4 steps')
})

const correctionsChoice = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Mel corrections' }).getByRole('radio', { name, exact: true })

test('mel corrections can be off, voiced, 4 or 16, in the address and on the takes', async ({ page }) => {
  await open(page, '?corrections=4')
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await expect(correctionsChoice(page, '4')).toBeChecked()
  const files: Buffer[] = []
  for (const [name, text] of [
    ['Off', 'no corrections'],
    ['Voiced', 'voiced corrections'],
    ['4', '4 corrections'],
    ['16', '16 corrections'],
  ]) {
    await correctionsChoice(page, name).check()
    await synthesize(page)
    for (const system of ['WaveGrad', 'InferGrad']) await expect(take(page, system)).toContainText(text)
    await expect(page).toHaveURL(new RegExp(`corrections=${name === 'Off' ? 0 : name.toLowerCase()}`))
    files.push(await download(page, 'InferGrad'))
  }
  expect(new Set(files.map((file) => file.toString('base64'))).size).toBe(files.length)
  await correctionsChoice(page, 'Voiced').check()
  await page.getByLabel('Models').selectOption('Small models')
  await expect(correctionsChoice(page, 'Voiced')).toHaveCount(0)
  await expect(correctionsChoice(page, '16'), 'the small models make their own').toBeChecked()
  await page.getByLabel('Models').selectOption('Frame models')
  await expect(correctionsChoice(page, 'Voiced')).toBeChecked()
  await page.getByRole('button', { name: 'Use each model’s own' }).click()
  await expect(page).not.toHaveURL(/corrections/)
})

test('No network is a separate take with its own figures, independent of the steps', async ({ page }) => {
  await open(page, '?corrections=0')
  await openFile(page, wav(1))
  await page.getByRole('checkbox', { name: 'Make “No network” as well' }).check()
  await expect(page).toHaveURL(/control=on/)
  await synthesize(page)
  const control = take(page, 'No network')
  await expect(control).toContainText(/STOI/)
  await expect(control).toContainText('no corrections')
  const first = await download(page, 'No network')
  expect(describeWav(first).peak).toBeGreaterThan(0.01)
  expect(first.equals(await download(page, 'InferGrad'))).toBe(false)
  await stepsChoice(page, '3').check()
  await synthesize(page)
  expect((await download(page, 'No network')).equals(first)).toBe(true)
  await openView(page, 'Blind test')
  await expect(page.getByRole('region', { name: 'Blind test' }).getByLabel('First take')).toContainText(
    'No network (take, no corrections)',
  )
  await openView(page, 'Listen')
  await page.getByRole('checkbox', { name: 'Make “No network” as well' }).uncheck()
  await expect(control).toHaveCount(0)
})

test('the same seed gives the same file, and another seed another', async ({ page }) => {
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  const seed = page.getByLabel('Seed', { exact: true })
  await seed.fill('7')
  await synthesize(page)
  const first = await download(page, 'InferGrad')
  await synthesize(page)
  expect((await download(page, 'InferGrad')).equals(first)).toBe(true)
  await seed.fill('8')
  await synthesize(page)
  expect((await download(page, 'InferGrad')).equals(first)).toBe(false)
})

test('Cancel stops within a step and keeps the existing takes, and the next run works', async ({ page }) => {
  await open(page)
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await synthesize(page)
  const before = await download(page, 'InferGrad')
  await openMel(page, tacotronMel(3000, 'lj-printing.npy'))
  await synthesizeButton(page).click()
  await expect(page.getByRole('progressbar', { name: 'Synthesis progress' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(synthesizeButton(page)).toBeEnabled({ timeout: 20_000 })
  await openMel(page, tacotronMel(32, 'lj-modern.npy'))
  await synthesize(page)
  expect((await download(page, 'InferGrad')).equals(before)).toBe(true)
})

for (const width of [390, 1440]) {
  test(`the figures of a take fit beside each other, ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await open(page, '?example=lj-modern')
    await synthesize(page)
    const card = take(page, 'InferGrad')
    await expect(card).toContainText('from the recording')
    const cut = await card
      .locator('dd')
      .evaluateAll((all) =>
        all.filter((dd) => dd.scrollWidth > dd.clientWidth).map(({ textContent }) => textContent),
      )
    expect(cut).toEqual([])
  })
}

test('a link recreates the run: example, steps, schedule and seed come from the address', async ({
  page,
}) => {
  await open(page, '?example=lj-modern&steps=3&seed=123&schedule=shared')
  await expect(stepsChoice(page, '3')).toBeChecked()
  await expect(page.getByLabel('Seed', { exact: true })).toHaveValue('123')
  await page.getByLabel('Seed', { exact: true }).fill('9')
  await expect(page).toHaveURL(/seed=9/)
  await expect(page).toHaveURL(/steps=3/)
})

test('software WebGPU equals wasm, on half a second', async ({ page }) => {
  test.setTimeout(300_000)
  await open(page, '?backend=wasm')
  const hasGpu = await page.evaluate(
    async () => 'gpu' in navigator && (await navigator.gpu.requestAdapter()) !== null,
  )
  if (!hasGpu && process.env.REQUIRE_WEBGPU === '1')
    throw new Error('REQUIRE_WEBGPU=1, but this Chromium has no WebGPU adapter')
  test.skip(!hasGpu, 'this Chromium has no WebGPU adapter')
  const samples = async () => {
    await openMel(page, tacotronMel(43, 'lj-modern.npy'))
    await synthesizeButton(page).click()
    await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
      timeout: 240_000,
    })
    const bytes = await download(page, 'InferGrad')
    const at = bytes.indexOf('data') + 8
    return Array.from({ length: 43 * 256 }, (_, i) => bytes.readInt16LE(at + 2 * i) / 32768)
  }
  const onWasm = await samples()
  await open(page, '?backend=webgpu')
  await expect(page.getByRole('banner')).toContainText('WebGPU')
  const onWebGpu = await samples()
  const largest = Math.max(...onWasm.map((value, i) => Math.abs(value - onWebGpu[i])))
  expect(largest).toBeLessThan(1e-3)
})
