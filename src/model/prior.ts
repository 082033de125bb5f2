/**
 * The prior: the part of the waveform that the mel determines, which the process omits; see `prior` of the
 * configuration.
 */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ModelConfig } from './config.ts'
import { energyEnvelope } from './energy-prior.ts'
import { type SpectralPriorSettings, shapeSpectrum, spectralGains, whitenSpectrum } from './spectral-prior.ts'

/**
 * y_0 of the process [frames * hop] -> waveform [frames * hop], not clipped; a new array. `betweenPasses` is awaited at
 * intervals; if it rejects, so does this.
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

/** Frames of the process and of the mel, on each side of a frame of the waveform, on which that frame depends. */
export function priorHaloFrames({ prior, priorCorrections, mel }: ModelConfig): number {
  switch (prior) {
    case 'standard':
      return 0
    case 'energy':
      return 2 // one for the maximum of three frames, one for the interpolation
    case 'spectral':
      // In each pass a sample depends on all samples that share a window with it.
      return (1 + priorCorrections) * Math.ceil(mel.fftSize / mel.hopSamples)
  }
}

/**
 * The inverse, without corrections: waveform [frames * hop] -> the signal of the process in training, [frames * hop],
 * of about unit variance, not clipped; a new array. Python counterpart: `whiten` of pretrain/speech/prior.py.
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

/** Returns the configuration with other corrections; only the spectral prior uses them. */
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
