/** The log-mel for figures. Its frames are centred, unlike the model's, so figures do not depend on a model. */

import { applyFilterbank, melFilterbank } from '../dsp/mel/mel-filterbank.ts'
import type { MelConvention } from '../dsp/mel/mel-spectrogram.ts'
import { centredFraming } from '../dsp/spectra/framing.ts'

/** All figures are computed at this rate, whatever the rate of the audio. */
export const figureRateHz = 22050
export const figureBands = 80

const convention: MelConvention = {
  sampleRateHz: figureRateHz,
  fftSize: 1024,
  hopSamples: 256,
  windowSamples: 1024,
  bands: figureBands,
  lowHz: 0,
  highHz: 8000,
  scale: 'slaney',
  norm: 'slaney',
  magnitudeEpsilon: 0,
  log: 'ln',
  floor: 1e-5,
}

export const figureFraming = centredFraming(convention)

/** Writes ln of the bands of `spectrum` (real and imaginary parts interleaved) to `bands`, which holds 80. */
export type ToLogMel = (spectrum: Float64Array, bands: Float64Array) => void

export function createLogMel(): ToLogMel {
  const filterbank = melFilterbank(convention)
  const magnitudes = new Float64Array(convention.fftSize / 2 + 1)
  return (spectrum, bands) => {
    for (let bin = 0; bin < magnitudes.length; bin++) {
      magnitudes[bin] = Math.sqrt(spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2)
    }
    applyFilterbank(filterbank, magnitudes, bands)
    for (let band = 0; band < figureBands; band++)
      bands[band] = Math.log(Math.max(bands[band], convention.floor))
  }
}
