import { expect, test } from 'vitest'
import { levelSpectrogram } from './level-spectrogram.ts'
import { hopFactorFor } from './spectrogram.ts'

test.each([8000, 22050, 48000])('at %i Hz a half-scale sine reads -6 dB at its frequency', (rateHz) => {
  const samples = Float32Array.from(
    { length: rateHz / 2 },
    (_, n) => 0.5 * Math.sin((2 * Math.PI * 1000 * n) / rateHz),
  )
  const { frames, bins, hopSeconds, highHz, levelsDb } = levelSpectrogram(samples, rateHz)
  expect(levelsDb.length).toBe(frames * bins)
  expect(frames).toBe(1 + Math.floor(0.5 / hopSeconds + 1e-9))
  expect(highHz).toBe(rateHz / 2)
  const frame = Math.floor(frames / 2)
  const levels = levelsDb.slice(frame * bins, (frame + 1) * bins)
  const loudest = levels.indexOf(Math.max(...levels))
  expect(Math.abs((loudest * highHz) / (bins - 1) - 1000)).toBeLessThanOrEqual(highHz / (bins - 1))
  // A sine between two bins loses up to 1.4 dB.
  expect(levels[loudest]).toBeGreaterThan(-6.03 - 1.45)
  expect(levels[loudest]).toBeLessThan(-6.01)
  expect(levels[bins - 1]).toBeLessThan(-90)
})

test('silence reads -140 dB, and no samples give no frames', () => {
  expect(levelSpectrogram(new Float32Array(3000), 22050).levelsDb.every((level) => level === -140)).toBe(true)
  expect(levelSpectrogram(new Float32Array(0), 22050).frames).toBe(0)
})

// 46.4 ms are 371.5, 743, 1024 and 2229 samples; 1024 is 1.38 times 743, which is 1.45 times 512.
test.each([
  [8000, 512],
  [16000, 1024],
  [22050, 1024],
  [48000, 2048],
])(
  'at %i Hz the FFT has %i samples, the power of two whose ratio to 46 ms is nearest to 1',
  (rateHz, fftSize) => {
    const { bins, hopSeconds } = levelSpectrogram(new Float32Array(100), rateHz)
    expect(bins).toBe(fftSize / 2 + 1)
    expect(hopSeconds).toBeCloseTo(fftSize / 4 / rateHz, 12)
  },
)

test('a long recording has fewer frames, which are those of a short one at the same times', () => {
  const samples = Float32Array.from({ length: 22050 }, (_, i) => 0.5 * Math.sin(i * (0.1 + i * 1e-6)))
  const [all, some] = [1, 3].map((hopFactor) => levelSpectrogram(samples, 22050, hopFactor))
  expect(some.hopSeconds).toBeCloseTo(3 * all.hopSeconds, 12)
  for (const frame of [0, 5, 12]) {
    const row = ({ levelsDb, bins }: typeof all, at: number) => levelsDb.slice(at * bins, (at + 1) * bins)
    expect(row(some, frame)).toEqual(row(all, 3 * frame))
  }
  expect([1, 200, 232, 250, 1200].map((seconds) => hopFactorFor(seconds * 22050, 22050))).toEqual([
    1, 1, 1, 2, 9,
  ])
})
