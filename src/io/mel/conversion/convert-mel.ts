/**
 * Converts a mel to the model's convention: not at all if it is the same, exactly if only the logarithm, the scale or
 * the height of the filters differ, and approximately, labelled as such, if the analysis differs.
 */
import { importChunk } from '../../../base/import-chunk.ts'
import { melEdgesHz } from '../../../dsp/mel/mel-scale.ts'
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import type { MelFileReport, MelReading } from '../mel-reading.ts'
import { floorTolerance } from '../recognition/mel-likelihood.ts'
import { nameOfValues, naturalLogarithm } from './mel-values.ts'

export type ConvertedMel = Pick<MelFileReport, 'conversion' | 'conversionNote' | 'warnings'> & {
  /** The mel in the target's convention, including its logarithm and floor. */
  readonly mel: MelSpectrogram
}

const scaleNames = { slaney: 'Slaney', htk: 'HTK' } as const

/** Below every floor in use; the lowest is 1e-10. */
const minPlausible = -25

/** Most mels need no approximation, nor the code for it. */
const approximation = () =>
  importChunk(Promise.all([import('./approximate-mel.ts'), import('./lost-information.ts')]))

/**
 * `stored` is frame-major, with the values as stored in the file; it is not changed. Rejects with `part-unreachable`.
 */
export async function convertMel(
  stored: MelSpectrogram,
  reading: MelReading,
  target: MelConvention,
): Promise<ConvertedMel> {
  const source = reading.convention
  const mel = { ...stored, values: naturalLogarithm(stored.values, reading) }
  const warnings = depthWarnings(mel.values)
  const differences = analysisDifferences(reading, target)
  if (differences.length > 0) {
    const [{ approximateMel }, { cutOffText, lostInformation }] = await approximation()
    return {
      mel: inLogarithmOf(target, approximateMel(mel, reading, target)),
      conversion: 'approximate',
      conversionNote: [
        `Approximated through another filterbank, because the analysis differs: ${differences.join('; ')}.`,
        ...lostInformation(source, target),
        ...cutOffText(mel, target),
      ].join(' '),
      warnings,
    }
  }
  const notes: string[] = []
  const targetValues = { unit: target.log, of: 'magnitude' } as const
  const isSameScale = reading.values.unit === target.log && !reading.values.scaling
  if (!isSameScale) notes.push(`from ${nameOfValues(reading.values)} to ${nameOfValues(targetValues)}`)
  if (source.norm !== target.norm) {
    matchHeights(mel, source, target)
    notes.push('to the filter height of the model')
  }
  const raised = raiseToFloor(mel.values, target)
  if (raised > 0)
    notes.push(
      `${percent(raised, mel.values.length)} of its values raised to the floor of ${target.floor.toExponential()}`,
    )
  if (notes.length === 0) return { mel: stored, conversion: 'none', conversionNote: '', warnings }
  return {
    mel: inLogarithmOf(target, mel),
    conversion: 'exact',
    conversionNote: `Converted exactly: ${notes.join('; ')}.`,
    warnings,
  }
}

/** Silence stored as zero is -Infinity here, and is not suspicious. */
function depthWarnings(values: Float32Array): readonly string[] {
  const deepest = values.reduce((low, value) => (Number.isFinite(value) ? Math.min(low, value) : low), 0)
  if (deepest > minPlausible) return []
  return [
    `Its lowest value, ${deepest.toFixed(1)} (natural logarithm), is below every floor in use: the scale may be wrong.`,
  ]
}

function analysisDifferences(
  { convention: source, values, preEmphasis, filterRateHz }: MelReading,
  target: MelConvention,
): string[] {
  const rows: [setting: string, from: number | string, to: number | string][] = [
    ['rate', `${source.sampleRateHz} Hz`, `${target.sampleRateHz} Hz`],
    ['hop', source.hopSamples, target.hopSamples],
    ['window', source.windowSamples, target.windowSamples],
    ['FFT', source.fftSize, target.fftSize],
    ['bands', source.bands, target.bands],
    ['range', `${source.lowHz} to ${source.highHz} Hz`, `${target.lowHz} to ${target.highHz} Hz`],
    ['scale', scaleNames[source.scale], scaleNames[target.scale]],
    ['bands of', values.of, 'magnitude'],
    ['pre-emphasis', preEmphasis, 0],
    ['filters for a rate of', `${filterRateHz ?? source.sampleRateHz} Hz`, `${source.sampleRateHz} Hz`],
  ]
  return rows
    .filter(([, from, to]) => from !== to)
    .map(([setting, from, to]) => `${setting} ${from}, not ${to}`)
}

/** Slaney filters have area 2, plain ones height 1, so the ratio is a constant per band. */
function matchHeights({ values, bands }: MelSpectrogram, source: MelConvention, target: MelConvention): void {
  const edges = melEdgesHz(target)
  const sign = target.norm === 'slaney' && source.norm === 'none' ? 1 : -1
  for (let i = 0; i < values.length; i++) {
    const band = i % bands
    values[i] += sign * Math.log(2 / (edges[band + 2] - edges[band]))
  }
}

/** Works in place; returns how many values were below the floor. */
function raiseToFloor(values: Float32Array, { floor }: MelConvention): number {
  const lowest = Math.log(floor)
  let raised = 0
  for (let i = 0; i < values.length; i++) {
    if (values[i] < lowest - floorTolerance) raised++
    values[i] = Math.max(values[i], lowest)
  }
  return raised
}

function inLogarithmOf({ log }: MelConvention, mel: MelSpectrogram): MelSpectrogram {
  return log === 'ln' ? mel : { ...mel, values: mel.values.map((value) => value / Math.LN10) }
}

function percent(count: number, total: number): string {
  const share = (100 * count) / total
  return share < 1 ? 'less than 1 %' : `${Math.round(share)} %`
}
