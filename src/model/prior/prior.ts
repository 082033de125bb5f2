/**
 * The prior: the part of the waveform that the mel determines, which the process omits; see `prior` of the
 * configuration.
 */
import { type MelCorrections, noCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { ModelConfig } from '../config.ts'
import { correctVoiced, voicedHaloFrames } from '../voiced-corrections.ts'
import { energyEnvelope } from './energy-prior.ts'
import { type SpectralPriorSettings, shapeSpectrum, spectralGains, whitenSpectrum } from './spectral-prior.ts'

export type PriorOptions = {
  /** Awaited at intervals; if it rejects, so does the caller. */
  readonly betweenPasses?: () => Promise<void>
  /** The voicing of each frame, 0..1; voiced corrections need it. */
  readonly voicing?: ArrayLike<number>
}

/** y_0 of the process [frames * hop] -> waveform [frames * hop], not clipped; a new array. */
export async function shapeByPrior(
  process: Float32Array,
  mel: MelSpectrogram,
  config: ModelConfig,
  options: PriorOptions = {},
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
      const { betweenPasses = async () => {} } = options
      const shaped = await shapeSpectrum(process, mel, convention, spectralSettings(config), betweenPasses)
      return correctVoice(shaped, mel, config, options)
    }
  }
}

/**
 * The voiced corrections of the configuration: waveform [frames * hop] -> waveform, not clipped; `waveform` itself if
 * there are none.
 */
export async function correctVoice(
  waveform: Float32Array<ArrayBuffer>,
  mel: MelSpectrogram,
  config: ModelConfig,
  { betweenPasses = async () => {}, voicing }: PriorOptions,
): Promise<Float32Array<ArrayBuffer>> {
  const own = ownCorrections(config)
  if (own.scope === 'all' || own.count === 0) return waveform
  if (!voicing) throw new Error('Voiced corrections require the voicing')
  return correctVoiced(waveform, mel, voicing, config.mel, own, betweenPasses)
}

/** Frames of the process and of the mel, on each side of a frame of the waveform, on which that frame depends. */
export function priorHaloFrames(config: ModelConfig): number {
  const { prior, mel } = config
  switch (prior) {
    case 'standard':
      return 0
    case 'energy':
      return 2 // one for the maximum of three frames, one for the interpolation
    case 'spectral': {
      const { count, scope } = ownCorrections(config)
      // In each pass a sample depends on all samples that share a window with it.
      const perPass = Math.ceil(mel.fftSize / mel.hopSamples)
      return scope === 'voiced' ? perPass + voicedHaloFrames(mel, count) : (1 + count) * perPass
    }
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
export function withCorrections(
  config: ModelConfig,
  { count, momentum, scope }: MelCorrections,
): ModelConfig {
  return { ...config, priorCorrections: count, priorMomentum: momentum, priorCorrectionScope: scope }
}

/** Returns the corrections of the configuration; only the spectral prior has any. */
export function ownCorrections(config: ModelConfig): MelCorrections {
  if (config.prior !== 'spectral') return noCorrections
  const { priorCorrections: count, priorMomentum: momentum, priorCorrectionScope: scope } = config
  return { count, momentum, scope }
}

/** The settings of the spectral prior, with the corrections of the scope `all`. */
export function spectralSettings(config: ModelConfig): SpectralPriorSettings {
  const own = ownCorrections(config)
  const { count, momentum } = own.scope === 'all' ? own : noCorrections
  return {
    floor: config.priorFloor,
    rolloffDbPerKhz: config.priorRolloffDbPerKhz,
    corrections: count,
    momentum,
  }
}
