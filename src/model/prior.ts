/** What the process leaves out because the mel alone tells it, as `prior` of the configuration says. */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ModelConfig } from './config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { type SpectralPriorSettings, shapeSpectrum, spectralGains, whitenSpectrum } from './spectral-prior.ts'

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
    case 'spectral':
      return shapeSpectrum(process, mel, convention, spectralSettings(config), betweenPasses)
  }
}

/**
 * The way back but for the corrections: waveform [frames * hop] -> what the process runs on in training, [frames * hop], about
 * of unit variance, not clipped; a new array. As `whiten` of pretrain/prior.py.
 */
export function whitenByPrior(
  waveform: Float32Array,
  mel: MelSpectrogram,
  config: ModelConfig,
): Float32Array<ArrayBuffer> {
  const { prior, priorFloor, mel: convention } = config
  switch (prior) {
    case 'standard':
      return Float32Array.from(waveform)
    case 'energy': {
      const envelope = energyEnvelope(mel, convention, priorFloor)
      return Float32Array.from(waveform, (value, t) => value / envelope[t])
    }
    case 'spectral': {
      const gains = spectralGains(mel, convention, spectralSettings(config))
      return whitenSpectrum(waveform, gains, convention)
    }
  }
}

/** The same model with other corrections than its own; only the spectral prior has any. */
export function withCorrections(config: ModelConfig, { count, momentum }: MelCorrections): ModelConfig {
  return { ...config, priorCorrections: count, priorMomentum: momentum }
}

export function spectralSettings(config: ModelConfig): SpectralPriorSettings {
  return {
    floor: config.priorFloor,
    rolloffDbPerKhz: config.priorRolloffDbPerKhz,
    corrections: config.priorCorrections,
    momentum: config.priorMomentum,
  }
}
