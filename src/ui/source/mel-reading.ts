/** Converts the entries of the mel-reading form to an override, or to the reason why that is impossible. */
import type { MelFile } from '../../store/source/source-state.ts'

type MelReading = MelFile['report']['reading']
type Merged =
  | { readonly override: Partial<MelReading>; readonly problem?: undefined }
  | { readonly override?: undefined; readonly problem: string }

const values = ['ln', 'log10', 'log10-power', 'db', 'lmnt', 'symmetric-4', 'normalised'] as const
const scales = ['slaney', 'htk'] as const
const norms = ['slaney', 'none'] as const

/** Valid range of each number; hop and window are in samples, frequencies in Hz. */
const limits = {
  sampleRateHz: [1000, 192_000],
  fftSize: [16, 65_536],
  hopSamples: [1, 65_536],
  windowSamples: [1, 65_536],
  lowHz: [0, 96_000],
  highHz: [1, 96_000],
} as const

type NumberField = keyof typeof limits

/** Reads numbers separated by commas, white space or brackets. Returns undefined if one of them is not a number. */
function readNumbers(text: string): readonly number[] | undefined {
  const numbers = text
    .split(/[\s,;[\]]+/)
    .filter((word) => word !== '')
    .map(Number)
  return numbers.every(Number.isFinite) ? numbers : undefined
}

export function mergeReading(reading: MelReading, form: FormData): Merged {
  const text = (name: string) => String(form.get(name) ?? '')
  const choice = <Choice extends string>(choices: readonly Choice[], name: string, otherwise: Choice) =>
    choices.find((one) => one === text(name)) ?? otherwise

  const number = (name: NumberField): number => {
    const value = Number(text(name))
    const [low, high] = limits[name]
    return text(name).trim() !== '' && value >= low && value <= high ? value : Number.NaN
  }
  const numbers = {
    sampleRateHz: number('sampleRateHz'),
    fftSize: number('fftSize'),
    hopSamples: number('hopSamples'),
    windowSamples: number('windowSamples'),
    lowHz: number('lowHz'),
    highHz: number('highHz'),
  }
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isNaN(value)) return { problem: `“${text(name)}” cannot be right for ${name}.` }
  }
  if (numbers.lowHz >= numbers.highHz || numbers.highHz > numbers.sampleRateHz / 2) {
    return { problem: 'The bands must lie between 0 and half the sample rate, the lowest below the highest.' }
  }

  const override: Partial<MelReading> = {
    bandAxis: text('bandAxis') === '1' ? 1 : 0,
    values: choice(values, 'values', reading.values),
    convention: {
      ...reading.convention,
      ...numbers,
      scale: choice(scales, 'scale', reading.convention.scale),
      norm: choice(norms, 'norm', reading.convention.norm),
    },
  }
  if (override.values !== 'normalised') return { override }
  const mean = readNumbers(text('mean'))
  const deviation = readNumbers(text('deviation'))
  const { bands } = reading.convention
  if (mean?.length !== bands || deviation?.length !== bands) {
    return { problem: `Mean and deviation need ${bands} numbers each.` }
  }
  return { override: { ...override, statistics: { mean, deviation } } }
}
