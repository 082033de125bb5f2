import { parse } from 'valibot'
import { expect, test } from 'vitest'
import { decodeAudio } from '../../audio/decode.ts'
import { levelSpectrogram } from '../../dsp/spectra/level-spectrogram.ts'
import { hopFactorFor, peakLevelDb } from '../../dsp/spectra/spectrogram.ts'
import { sampleListSchema } from '../../store/samples/sample-library.ts'
import { paintSpectrogram } from '../figures/painting/spectrogram-picture.ts'

const size = [140, 88] as const
const { clips } = parse(sampleListSchema, await (await fetch('/samples/index.json')).json())

function pixelsOf(picture: CanvasImageSource): Uint8ClampedArray {
  const drawing = new OffscreenCanvas(...size).getContext('2d')
  drawing?.drawImage(picture, 0, 0, ...size)
  return drawing?.getImageData(0, 0, ...size).data ?? new Uint8ClampedArray()
}

const shipped = async (file: string) => (await fetch(`/samples/${file}`)).blob()

async function paintedAgain(file: string, sampleRateHz: number): Promise<Uint8ClampedArray> {
  const container = { format: 'flac', hasAudio: true, sampleRateHz, cutShort: false } as const
  const { samples } = await decodeAudio({ name: file, blob: await shipped(file), container })
  const hops = hopFactorFor(samples.length, sampleRateHz)
  const spectrogram = levelSpectrogram(samples, sampleRateHz, hops)
  const picture = paintSpectrogram(spectrogram, peakLevelDb(spectrogram))
  return picture ? pixelsOf(picture) : new Uint8ClampedArray()
}

const meanDifference = (one: Uint8ClampedArray, other: Uint8ClampedArray) =>
  one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / one.length

test.each(clips)('each picture of “$title” shows its own sample', async ({ samples, sampleRateHz }) => {
  const pictures = await Promise.all(
    samples.map(async ({ picture }) => pixelsOf(await createImageBitmap(await shipped(picture)))),
  )
  for (const [own, { file }] of samples.entries()) {
    const again = await paintedAgain(file, sampleRateHz)
    const differences = pictures.map((picture) => meanDifference(picture, again))
    // In steps of the 256 of a colour; this much is lost by scaling twice and by WebP.
    expect(differences[own], file).toBeLessThan(6)
    for (const [at, difference] of differences.entries())
      if (at !== own) expect(difference, `${file} and picture ${at}`).toBeGreaterThan(1.2 * differences[own])
  }
})
