/** Converts the entries of the mel-reading form to an override, or to the reason why that is impossible. */
import type { MelFile } from '../../store/source/source-state.ts'

type MelReading = MelFile['report']['reading']
type Merged =
  | { readonly override: Partial<MelReading>; readonly problem?: undefined }
  | { readonly override?: undefined; readonly problem: string }

/** The scales that a mel is stored in, by the names that the form gives them. */
export const valueChoices = {
  'ln magnitude': 'natural logarithm of magnitude',
  'ln power': 'natural logarithm of power',
  'log10 magnitude': 'log10 of magnitude',
  'log10 power': 'log10 of power',
  'db magnitude': 'decibels of magnitude',
  'db power': 'decibels of power',
  'linear magnitude': 'linear magnitude',
  'linear power': 'linear power',
} as const
type ValueChoice = keyof typeof valueChoices

export const scalingChoices = {
  none: 'as they are',
  '0 1': 'a range scaled to 0..1',
  '-4 4': 'a range scaled to −4..4',
  statistics: 'minus mean, divided by deviation',
} as const
type ScalingChoice = keyof typeof scalingChoices

export const framingChoices = {
  padded: 'in the middle of the first hop (HiFi-GAN)',
  centred: 'at the first sample (center=True)',
  unpadded: 'in the middle of the first window',
} as const

export const valueChoiceOf = ({ values: { unit, of } }: MelReading): ValueChoice => `${unit} ${of}`

export function scalingChoiceOf({ values: { scaling } }: MelReading): ScalingChoice {
  if (!scaling) return 'none'
  if (scaling.kind === 'statistics') return 'statistics'
  return scaling.stored[0] < 0 ? '-4 4' : '0 1'
}

/** The levels that a range usually has; the form begins with them. */
export function usualLevels({ values: { scaling } }: MelReading): readonly [low: number, high: number] {
  return scaling?.kind === 'range' ? scaling.levels : [-80, 20]
}

const choicesOf = <Choice extends string>(record: Readonly<Record<Choice, string>>) =>
  Object.keys(record) as Choice[]

const scales = ['slaney', 'htk'] as const
const norms = ['slaney', 'none'] as const

/** The numbers of the form: their labels with units, and their valid ranges. */
export const numberFields = [
  { name: 'sampleRateHz', label: 'Sample rate, Hz', low: 1000, high: 192_000 },
  { name: 'fftSize', label: 'FFT size', low: 16, high: 65_536 },
  { name: 'hopSamples', label: 'Hop, samples', low: 1, high: 65_536 },
  { name: 'windowSamples', label: 'Window, samples', low: 1, high: 65_536 },
  { name: 'lowHz', label: 'Lowest band from, Hz', low: 0, high: 96_000 },
  { name: 'highHz', label: 'Highest band to, Hz', low: 1, high: 96_000 },
  { name: 'preEmphasis', label: 'Pre-emphasis', low: 0, high: 0.999 },
] as const

type NumberName = (typeof numberFields)[number]['name']

/** Returns the number that the form begins with. */
export function numberOf(reading: MelReading, name: NumberName): number {
  return name === 'preEmphasis' ? reading.preEmphasis : reading.convention[name]
}

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

  for (const { name, label, low, high } of numberFields) {
    const value = Number(text(name))
    if (text(name).trim() === '' || !(value >= low && value <= high))
      return { problem: `“${label}” must be a number from ${low} to ${high}, not “${text(name)}”.` }
  }
  const number = (name: NumberName) => Number(text(name))
  const analysis = {
    sampleRateHz: number('sampleRateHz'),
    fftSize: number('fftSize'),
    hopSamples: number('hopSamples'),
    windowSamples: number('windowSamples'),
    lowHz: number('lowHz'),
    highHz: number('highHz'),
  }
  if (analysis.lowHz >= analysis.highHz || analysis.highHz > analysis.sampleRateHz / 2) {
    return { problem: 'The bands must lie between 0 and half the sample rate, the lowest below the highest.' }
  }

  const scaling = readScaling(
    reading,
    text,
    choice(choicesOf(scalingChoices), 'scaling', scalingChoiceOf(reading)),
  )
  if (scaling.problem !== undefined) return scaling
  const [unit, of] = choice(choicesOf(valueChoices), 'values', valueChoiceOf(reading)).split(' ') as [
    MelReading['values']['unit'],
    MelReading['values']['of'],
  ]
  return {
    override: {
      bandAxis: text('bandAxis') === '1' ? 1 : 0,
      values: { unit, of, ...(scaling.scaling && { scaling: scaling.scaling }) },
      convention: {
        ...reading.convention,
        ...analysis,
        scale: choice(scales, 'scale', reading.convention.scale),
        norm: choice(norms, 'norm', reading.convention.norm),
      },
      framing: choice(choicesOf(framingChoices), 'framing', reading.framing),
      preEmphasis: number('preEmphasis'),
      filterRateHz: reading.filterRateHz,
      cutPadding: reading.cutPadding,
    },
  }
}

type ReadScaling =
  | { readonly scaling?: MelReading['values']['scaling']; readonly problem?: undefined }
  | { readonly problem: string }

function readScaling(
  reading: MelReading,
  text: (name: string) => string,
  choice: ScalingChoice,
): ReadScaling {
  if (choice === 'none') return {}
  if (choice === 'statistics') {
    const mean = readNumbers(text('mean'))
    const deviation = readNumbers(text('deviation'))
    const { bands } = reading.convention
    const isCount = (list?: readonly number[]) => list?.length === 1 || list?.length === bands
    if (!mean || !deviation || !isCount(mean) || !isCount(deviation)) {
      return { problem: `Mean and deviation need one number for all bands, or ${bands} each.` }
    }
    return { scaling: { kind: 'statistics', statistics: { mean, deviation } } }
  }
  const [low, high] = ['lowLevel', 'highLevel'].map((name) => Number(text(name)))
  if (text('lowLevel') === '' || text('highLevel') === '' || !(low < high)) {
    return { problem: 'The level at the lower end must be below that at the upper end.' }
  }
  const stored = choice === '-4 4' ? ([-4, 4] as const) : ([0, 1] as const)
  return { scaling: { kind: 'range', stored, levels: [low, high] } }
}
