/**
 * Determines which axis of a matrix holds the bands, the scale of its values and its analysis settings. The user's
 * choices come first, then the producer's configuration, then the array itself, and last the model's own settings,
 * which are listed as assumed.
 */
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import { refusalsOf } from '../refusal.ts'
import type { Matrix } from './mel-array.ts'
import type { MelReading } from './mel-reading.ts'
import { hasBands, numberSettings, refusedSetting } from './mel-settings.ts'
import { recogniseValues, valueNames, valueWriters } from './mel-values.ts'
import type { ProducerConfig } from './producer-config.ts'

export type Recognition = {
  readonly recognisedAs: string
  readonly reading: MelReading
  readonly assumed: readonly string[]
  readonly question?: string
}

export type Knowledge = {
  readonly target: MelConvention
  readonly config?: ProducerConfig
  readonly override?: Partial<MelReading>
}

/** The settings of lmnt's preprocessing; an array of 128 bands between 0 and 1 is assumed to come from it. */
const lmntConvention: MelConvention = {
  sampleRateHz: 22_050,
  fftSize: 2048,
  hopSamples: 300,
  windowSamples: 1200,
  bands: 128,
  lowHz: 20,
  highHz: 11_025,
  scale: 'htk',
  norm: 'none',
  magnitudeEpsilon: 0,
  log: 'ln',
  floor: 1e-5,
}

/** `file` is the name for messages. Refuses with `mel-bands`, `mel-setting` or `mel-statistics`. */
export function recogniseMel(matrix: Matrix, file: string, knowledge: Knowledge): Recognition {
  const { target, config = { convention: {} }, override = {} } = knowledge
  const shown = recogniseValues(matrix.values)
  const values = override.values ?? config.values ?? shown.values
  const looksLikeLmnt = values === 'lmnt' && [matrix.rows, matrix.columns].includes(lmntConvention.bands)
  const base = looksLikeLmnt ? lmntConvention : target
  const stated: Partial<MelConvention> = { ...config.convention, ...override.convention }
  const axis = findBandAxis(matrix, file, stated.bands ?? base.bands, override.bandAxis)
  const bands = axis.bandAxis === 0 ? matrix.rows : matrix.columns
  const convention = { ...base, ...stated, bands }
  checkConvention(convention, file)
  const statistics = override.statistics ?? config.statistics
  const reading: MelReading = {
    bandAxis: axis.bandAxis,
    values,
    convention,
    ...(statistics && { statistics }),
    ...((override.decibelRange ?? config.decibelRange) && {
      decibelRange: override.decibelRange ?? config.decibelRange,
    }),
  }
  if (values === 'normalised' && statistics) checkStatistics(statistics, bands, file)
  const isStated = override.values !== undefined || config.values !== undefined
  const isGuessed = shown.isGuess && !isStated
  return {
    recognisedAs: isStated
      ? `${valueNames[values]}, as ${override.values ? 'chosen' : 'its configuration says'}`
      : `${valueNames[values]} (${valueWriters[values]}): ${shown.evidence}`,
    reading,
    assumed: [
      ...axis.assumed,
      ...(isGuessed ? ['The scale is guessed from the range of its values.'] : []),
      ...assumedSettings(convention, stated, looksLikeLmnt),
    ],
    ...question(axis.isOpen, values === 'normalised' && !statistics, bands),
  }
}

type BandAxis = { readonly bandAxis: 0 | 1; readonly assumed: readonly string[]; readonly isOpen: boolean }

function findBandAxis(matrix: Matrix, file: string, bands: number, override?: 0 | 1): BandAxis {
  const { rows, columns } = matrix
  if (override !== undefined) return { bandAxis: override, assumed: [], isOpen: false }
  if (rows !== bands && columns !== bands) {
    return refusalsOf(file)('mel-bands', `has no axis of ${bands} bands`, {
      found: `shape [${rows}, ${columns}]`,
      accepted: `[${bands}, frames] or [frames, ${bands}]`,
      remedy:
        'If it was made with another filterbank, add the configuration of its producer (JSON or YAML), ' +
        'and it will be converted.',
    })
  }
  if (rows !== columns) return { bandAxis: rows === bands ? 0 : 1, assumed: [], isOpen: false }
  const alongRows = meanDifference(matrix, columns, 1)
  const alongColumns = meanDifference(matrix, 1, columns)
  const bandAxis = alongRows >= alongColumns ? 0 : 1
  const isClear = Math.max(alongRows, alongColumns) > 1.1 * Math.min(alongRows, alongColumns)
  return {
    bandAxis,
    assumed: isClear ? [`Both axes have ${bands} values: the one that varies more holds the bands.`] : [],
    isOpen: !isClear,
  }
}

/** Mean |difference| between values `step` apart in a square matrix whose other axis has stride `otherStep`. */
function meanDifference({ rows, values }: Matrix, step: number, otherStep: number): number {
  let sum = 0
  for (let other = 0; other < rows; other++) {
    for (let i = 1; i < rows; i++) {
      const at = other * otherStep + i * step
      sum += Math.abs(values[at] - values[at - step])
    }
  }
  return sum / (rows * (rows - 1))
}

function assumedSettings(
  convention: MelConvention,
  stated: Partial<MelConvention>,
  looksLikeLmnt: boolean,
): readonly string[] {
  const settings: [isAssumed: boolean, text: string][] = [
    [stated.sampleRateHz === undefined, `${convention.sampleRateHz} Hz`],
    [stated.hopSamples === undefined, `hop ${convention.hopSamples}`],
    [stated.windowSamples === undefined, `window ${convention.windowSamples}`],
    [stated.fftSize === undefined, `FFT ${convention.fftSize}`],
    [
      stated.lowHz === undefined || stated.highHz === undefined,
      `bands from ${convention.lowHz} to ${convention.highHz} Hz`,
    ],
    [stated.scale === undefined, `${convention.scale === 'htk' ? 'HTK' : 'Slaney'} scale`],
  ]
  const assumed = settings.filter(([isAssumed]) => isAssumed).map(([, text]) => text)
  if (assumed.length === 0) return []
  const whose = looksLikeLmnt ? "as in lmnt's WaveGrad" : 'as in the model'
  return [`Assumed, because an array does not show it: ${assumed.join(', ')}, ${whose}.`]
}

function question(isAxisOpen: boolean, needsStatistics: boolean, bands: number): { question?: string } {
  if (isAxisOpen) {
    return { question: `Both axes have ${bands} values and vary alike: which one holds the bands?` }
  }
  if (!needsStatistics) return {}
  return {
    question:
      'These values look normalised to mean 0 and deviation 1. Which mean and deviation does each band have? ' +
      'Type them here, or add the file that has them: stats.npy of ParallelWaveGAN, feats_stats.npz of ESPnet, or ' +
      'JSON, {"mean": [...], "std": [...]}. If the values are not normalised, choose their scale.',
  }
}

function checkConvention(convention: MelConvention, file: string): void {
  const refuse = refusalsOf(file)
  const remedy = 'Correct the settings, or restore those that you do not know.'
  for (const setting of numberSettings) {
    const found = convention[setting]
    const accepted = refusedSetting(setting, found)
    if (accepted) refuse('mel-setting', `cannot be read with ${setting} ${found}`, { accepted, remedy })
  }
  if (hasBands(convention)) return
  const { lowHz, highHz, sampleRateHz } = convention
  refuse('mel-setting', 'cannot be read with bands that begin above their end', {
    found: `${lowHz} to ${highHz} Hz at a rate of ${sampleRateHz} Hz`,
    accepted: `bands that begin below their end and below ${sampleRateHz / 2} Hz`,
    remedy,
  })
}

function checkStatistics(
  statistics: NonNullable<MelReading['statistics']>,
  bands: number,
  file: string,
): void {
  const { mean, deviation } = statistics
  const isRight = mean.length === bands && deviation.length === bands && deviation.every((value) => value > 0)
  if (isRight && [...mean, ...deviation].every(Number.isFinite)) return
  refusalsOf(file)('mel-statistics', 'cannot be read with these means and deviations', {
    found: `${mean.length} means and ${deviation.length} deviations`,
    accepted: `${bands} of each, one per band, the deviations above 0`,
    remedy:
      'Use the statistics that belong to this mel; ESPnet and ParallelWaveGAN store them beside the features.',
  })
}
