/** Valid ranges of the analysis settings, from a configuration or from the user. */
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'

const ranges = {
  sampleRateHz: [1000, 384_000],
  fftSize: [16, 65_536],
  hopSamples: [1, 65_536],
  windowSamples: [1, 65_536],
  bands: [2, 1024],
  lowHz: [0, 192_000],
  highHz: [1, 192_000],
  magnitudeEpsilon: [0, 1],
  floor: [1e-30, 1],
} as const

export type NumberSetting = keyof typeof ranges

export const numberSettings = Object.keys(ranges).filter((name): name is NumberSetting =>
  Object.hasOwn(ranges, name),
)

const wholeNumbers: readonly NumberSetting[] = ['fftSize', 'hopSamples', 'windowSamples', 'bands']

/** A description of the accepted values for the page; undefined if `value` is valid. */
export function refusedSetting(setting: NumberSetting, value: unknown): string | undefined {
  const [low, high] = ranges[setting]
  const isWhole = wholeNumbers.includes(setting)
  const isRight =
    typeof value === 'number' &&
    value >= low &&
    value <= high &&
    (Number.isInteger(value) || !isWhole) &&
    (setting !== 'fftSize' || value % 2 === 0)
  if (isRight) return undefined
  const kind = setting === 'fftSize' ? 'an even number' : isWhole ? 'a whole number' : 'a number'
  return `${kind} from ${low} to ${high}`
}

/** Whether some bands are below half the sample rate, which every analysis needs. */
export function hasBands({ lowHz, highHz, sampleRateHz }: MelConvention): boolean {
  return lowHz < Math.min(highHz, sampleRateHz / 2)
}
