/** What the process leaves out because the mel alone tells it, as `prior` of the configuration says. */
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ModelConfig } from './config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { shapeSpectrum } from './spectral-prior.ts'

/**
 * y_0 of the process [frames * hop] -> waveform [frames * hop], not clipped; a new array. `betweenPasses` is awaited now and
 * then; what it rejects with ends the work.
 */
export async function shapeByPrior(
  process: Float32Array,
  mel: MelSpectrogram,
  config: ModelConfig,
  betweenPasses = async () => {},
): Promise<Float32Array<ArrayBuffer>> {
  const { prior, priorFloor, mel: convention } = config
  switch (prior) {
    case 'standard':
      return Float32Array.from(process)
    case 'energy': {
      const envelope = energyEnvelope(mel, convention, priorFloor)
      return Float32Array.from(process, (value, t) => value * envelope[t])
    }
    case 'spectral': {
      const settings = {
        floor: priorFloor,
        rolloffDbPerKhz: config.priorRolloffDbPerKhz,
        corrections: config.priorCorrections,
        momentum: config.priorMomentum,
      }
      return shapeSpectrum(process, mel, convention, settings, betweenPasses)
    }
  }
}
