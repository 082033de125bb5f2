/** What the process leaves out because the mel alone tells it, as `prior` of the configuration says. */
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ModelConfig } from './config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { shapeSpectrum } from './spectral-prior.ts'

/** y_0 of the process [frames * hop] -> waveform [frames * hop], not clipped; a new array. */
export function shapeByPrior(
  process: Float32Array,
  mel: MelSpectrogram,
  { prior, priorFloor, priorRolloffDbPerKhz, priorCorrections, mel: convention }: ModelConfig,
): Float32Array<ArrayBuffer> {
  switch (prior) {
    case 'standard':
      return Float32Array.from(process)
    case 'energy': {
      const envelope = energyEnvelope(mel, convention, priorFloor)
      return Float32Array.from(process, (value, t) => value * envelope[t])
    }
    case 'spectral':
      return shapeSpectrum(process, mel, convention, {
        floor: priorFloor,
        rolloffDbPerKhz: priorRolloffDbPerKhz,
        corrections: priorCorrections,
      })
  }
}
