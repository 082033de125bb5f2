/**
 * Describes a program that writes mels: how its configuration is recognised, the names and units of its settings, the
 * defaults of its code, and the scale of its values.
 */
import { hifiGanConvention } from '../../../dsp/mel/hifi-gan-convention.ts'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import type { Framing, MelStatistics, MelValues } from '../mel-reading.ts'
import type { NumberSetting } from '../mel-settings.ts'
import type { ConfigText } from './config-text.ts'

/** A name in a configuration, of a value in Hz or samples unless `unit` says otherwise. */
export type Key = string | { readonly key: string; readonly unit: 'milliseconds' | 'seconds' }

export type ProfileKeys = Partial<Record<NumberSetting, readonly Key[]>>

/** The parts of a profile, besides its numbers, that a configuration can change. */
export type ProfileDetails = {
  readonly values?: readonly MelValues[]
  readonly framing?: Framing
  readonly preEmphasis?: number
  readonly scale?: MelConvention['scale']
  readonly norm?: MelConvention['norm']
  readonly defaults?: Partial<MelConvention>
}

export type ProducerProfile = {
  /** The name on the page: "HiFi-GAN". */
  readonly name: string
  readonly isItsConfig: (config: ConfigText) => boolean
  /** The first name that is found counts. */
  readonly keys: ProfileKeys
  /**
   * The settings of its published models. They are assumed, and reported as assumptions, where nothing else is known.
   */
  readonly published: MelConvention
  /**
   * The defaults of its code, for settings that its configuration does not state. Without a default, a window is as
   * long as the FFT, and the bands reach from 0 to half the rate.
   */
  readonly defaults?: Partial<MelConvention>
  readonly framing: Framing
  readonly preEmphasis?: number
  /** The rate that its code computes the filters for, where that is not the rate of the audio. */
  readonly filterRateHz?: number
  /** The scales in which its mels occur, the usual one first. */
  readonly values: readonly MelValues[]
  readonly details?: (config: ConfigText) => ProfileDetails
}

const scaled = (unit: MelValues['unit']) =>
  ({ magnitude: { unit, of: 'magnitude' }, power: { unit, of: 'power' } }) as const

export const ln = scaled('ln')
export const log10 = scaled('log10')
export const decibels = scaled('db')
export const linear = scaled('linear')

/** The same levels minus their mean, divided by their deviation; without `statistics`, both are in another file. */
export const normalised = (values: MelValues, statistics?: MelStatistics): MelValues => ({
  ...values,
  scaling: { kind: 'statistics', ...(statistics && { statistics }) },
})

/** The scales of producers that store levels either as they are or normalised by the statistics of a corpus. */
export const plainOrNormalised = (values: MelValues): readonly MelValues[] => [values, normalised(values)]

/** Decibels of magnitude from `levels`, stored from `low` to `high`. */
export const decibelsStoredAs = (
  stored: readonly [low: number, high: number],
  levels: readonly [low: number, high: number],
): MelValues => ({ ...decibels.magnitude, scaling: { kind: 'range', stored, levels } })

/** The number of a setting, or `otherwise` if the configuration does not state one. */
export function numberOr({ settings }: ConfigText, key: string, otherwise: number): number {
  const value = settings.get(key)
  return typeof value === 'number' ? value : otherwise
}

export const nextPowerOfTwo = (samples: number): number => 2 ** Math.ceil(Math.log2(samples))

/** torchaudio's filters, and the FFT of speech at 24 kHz. */
export const torchaudioAt24kHz: MelConvention = {
  ...hifiGanConvention,
  sampleRateHz: 24_000,
  bands: 100,
  highHz: 12_000,
  scale: 'htk',
  norm: 'none',
  magnitudeEpsilon: 0,
}

/** The features of ESPnet and ParallelWaveGAN at 24 kHz. */
export const espnetConvention: MelConvention = {
  ...hifiGanConvention,
  sampleRateHz: 24_000,
  fftSize: 2048,
  hopSamples: 300,
  windowSamples: 1200,
  lowHz: 80,
  highHz: 7600,
  magnitudeEpsilon: 0,
  floor: 1e-10,
}
