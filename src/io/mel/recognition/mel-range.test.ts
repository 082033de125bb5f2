import { expect, test } from 'vitest'
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import { applyFilterbank, melFilterbank } from '../../../dsp/mel/mel-filterbank.ts'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { fullScaleLevel } from './mel-range.ts'

/** Magnitudes of the spectrum of a sine at `bin`, by the definition of the transform. */
function spectrumOfSine({ fftSize, windowSamples }: MelConvention, bin: number): Float64Array {
  const phase = (2 * Math.PI) / fftSize
  return Float64Array.from({ length: fftSize / 2 + 1 }, (_, k) => {
    let [re, im] = [0, 0]
    for (let n = 0; n < windowSamples; n++) {
      const sample = Math.sin((Math.PI * n) / windowSamples) ** 2 * Math.sin(phase * bin * n)
      re += sample * Math.cos(phase * k * n)
      im -= sample * Math.sin(phase * k * n)
    }
    return Math.hypot(re, im)
  })
}

// The bands are wide, so that nearly all of a sine is at the top of one. Side lobes add up to 4 % to its magnitudes.
const wide: MelConvention = { ...hifiGanConvention, bands: 10, scale: 'htk', norm: 'none' }
test.each([
  ['magnitude', wide],
  ['power', wide],
  ['magnitude', { ...wide, windowSamples: 512 }],
  ['power', { ...wide, windowSamples: 512 }],
] as const)(
  'no sine of full scale is above the level of %s, and the loudest is just below it',
  (of, convention) => {
    const filterbank = melFilterbank(convention)
    const { firstBin, weights } = filterbank[convention.bands - 1]
    const spectrum = spectrumOfSine(convention, firstBin + weights.indexOf(Math.max(...weights)))
    const energies = new Float64Array(convention.bands)
    applyFilterbank(filterbank, of === 'power' ? spectrum.map((value) => value * value) : spectrum, energies)
    const level = Math.log(Math.max(...energies)) / (of === 'power' ? 2 : 1)
    expect(level).toBeLessThan(fullScaleLevel(convention, of) + 0.04)
    expect(level).toBeGreaterThan(fullScaleLevel(convention, of) - 0.1)
  },
)
