/**
 * Determines which axis of a matrix holds the bands, the scale of its values and its analysis settings. The user's
 * choices come first, then the producer's configuration, then the likeliest reading of the numbers themselves. Settings
 * that an array does not show are listed as assumptions; if two readings are about equally likely, the user is asked.
 */
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { refusalsOf } from '../../refusal.ts'
import { nameOfValues } from '../conversion/mel-values.ts'
import { type Matrix, toFrames } from '../formats/mel-array.ts'
import type { FrameCut, MelReading, MelStatistics } from '../mel-reading.ts'
import { hasBands, numberSettings, refusedSetting } from '../mel-settings.ts'
import type { ProducerConfig } from '../producers/producer-config.ts'
import { type BandAxis, findBandAxis } from './band-axis.ts'
import { type Hypothesis, hypothesesFor, readingOf } from './mel-hypotheses.ts'
import { logLikelihood, statisticsOf, type ValueStatistics } from './mel-likelihood.ts'
import { findPadding, withoutPadding } from './mel-padding.ts'
import { refuseBands, unusualBands } from './unusual-bands.ts'

export type Recognition = {
  readonly recognisedAs: string
  readonly reading: MelReading
  readonly assumed: readonly string[]
  readonly padding?: FrameCut
  readonly question?: string
  /** The likeliest readings, best first, with their names; several if the question is between them. */
  readonly likeliest: readonly Likely[]
}

export type Likely = { readonly name: string; readonly confidence: number; readonly reading: MelReading }

export type Knowledge = {
  readonly target: MelConvention
  readonly config?: ProducerConfig
  readonly override?: Partial<MelReading>
}

/** Below this confidence the user is asked. */
const surely = 0.75
/** Below this confidence no reading is worth showing. */
const hardly = 0.05
/** Log-likelihoods are divided by this number, because the statistics of speech are not independent. */
const temperature = 1.5
/** The score of all readings that this page does not know; it lowers the confidence in a reading that fits badly. */
const unknownScore = -7

/** `file` is the name for messages. Refuses with `mel-bands`, `mel-setting` or `mel-statistics`. */
export function recogniseMel(matrix: Matrix, file: string, knowledge: Knowledge): Recognition {
  const { target, config = { convention: {} }, override = {} } = knowledge
  const sizes = [matrix.rows, matrix.columns]
  const found = innerStatistics(matrix, override.bandAxis)
  const ranked = rank(found, { target, config, override, sizes })
  const [best, second] = ranked
  const bands = best?.hypothesis.convention.bands ?? unusualBands(matrix, target.bands, file)
  const axis: BandAxis =
    override.bandAxis === undefined
      ? (findBandAxis(matrix, bands) ?? refuseBands(matrix, bands, file))
      : { bandAxis: override.bandAxis, assumed: [], isOpen: false }
  const likeliest = ranked.slice(0, 2).map(({ hypothesis, confidence }) => ({
    name: nameOf(hypothesis),
    confidence,
    reading: withOverride(readingOf(hypothesis, axis.bandAxis), override, matrix),
  }))
  const padding = findPadding(toFrames(matrix, axis.bandAxis))
  const reading = likeliest[0]?.reading ?? unusualReading(target, axis.bandAxis, override, matrix)
  checkConvention(reading.convention, file)
  checkStatistics(reading, file)
  const isChosen = override.values !== undefined
  const isSaid = !isChosen && config.values?.length === 1 && isEqual(reading.values, config.values[0])
  const isUnsure = !isChosen && (best === undefined || (second !== undefined && best.confidence < surely))
  const fitsNothing = isUnsure && best !== undefined && (found.min === found.max || best.confidence < hardly)
  return {
    recognisedAs:
      isChosen || isSaid
        ? `${nameOfValues(reading.values)}, as ${isChosen ? 'chosen' : 'its configuration says'}`
        : `${nameOfValues(reading.values)}${best ? writersOf(best.hypothesis) : ''}: ${evidence(found)}`,
    reading,
    assumed: [
      ...axis.assumed,
      ...(isChosen || isSaid || !best
        ? []
        : [`The scale is judged by its numbers, ${percent(best.confidence)} sure.`]),
      ...(!isChosen && best?.hypothesis.assumption ? [best.hypothesis.assumption] : []),
      ...assumedSettings(reading.convention, config, override, best?.hypothesis),
    ],
    ...(padding && { padding }),
    likeliest: isUnsure && !fitsNothing ? likeliest : likeliest.slice(0, 1),
    ...question({
      isAxisOpen: axis.isOpen,
      isUnsure,
      reading,
      config,
      override,
      isKnown: best !== undefined,
      ...(fitsNothing && { unlikely: found }),
    }),
  }
}

/**
 * Padding would change the statistics of the values, so they are taken without it. While it is not known which axis
 * holds the frames, both are searched.
 */
function innerStatistics(matrix: Matrix, bandAxis?: 0 | 1): ValueStatistics {
  for (const axis of bandAxis === undefined ? ([0, 1] as const) : [bandAxis]) {
    const mel = toFrames(matrix, axis)
    const padding = findPadding(mel)
    if (padding) return statisticsOf(withoutPadding(mel, padding).values)
  }
  return statisticsOf(matrix.values)
}

type Ranked = { readonly hypothesis: Hypothesis; readonly confidence: number }

function rank(
  found: ValueStatistics,
  context: Required<Knowledge> & { readonly sizes: readonly number[] },
): readonly Ranked[] {
  const { override } = context
  const all = hypothesesFor(found, { ...context, convention: override.convention })
  const scored = all
    .map((hypothesis) => {
      const { values, convention, floors, prior } = hypothesis
      return {
        hypothesis,
        score: prior + logLikelihood(found, override.values ?? values, convention, floors),
      }
    })
    .toSorted((one, other) => other.score - one.score)
  const top = scored[0]?.score ?? 0
  const weights = scored.map(({ score }) => Math.exp((score - top) / temperature))
  const unknown = Math.exp((unknownScore - top) / temperature)
  const total = weights.reduce((sum, weight) => sum + weight, unknown)
  return scored.map(({ hypothesis }, index) => ({ hypothesis, confidence: weights[index] / total }))
}

function nameOf({ producers, values }: Hypothesis): string {
  return `${nameOfValues(values)}${writersOf({ producers })}`
}

const maxWriters = 4

function writersOf({ producers }: Pick<Hypothesis, 'producers'>): string {
  if (producers.length === 0) return ', analysed as in the model'
  const more = producers.length > maxWriters ? ' and others' : ''
  return ` (${producers.slice(0, maxWriters).join(', ')}${more})`
}

function withOverride(reading: MelReading, override: Partial<MelReading>, matrix: Matrix): MelReading {
  const merged = { ...reading, ...override }
  const bands = merged.bandAxis === 0 ? matrix.rows : matrix.columns
  return { ...merged, convention: { ...reading.convention, ...override.convention, bands } }
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function evidence({ min, max }: ValueStatistics): string {
  return `values from ${min.toFixed(1)} to ${max.toFixed(1)}`
}

const percent = (share: number) => `${Math.min(99, Math.round(100 * share))} %`

function unusualReading(
  target: MelConvention,
  bandAxis: 0 | 1,
  override: Partial<MelReading>,
  matrix: Matrix,
): MelReading {
  const values = { unit: target.log, of: 'magnitude' } as const
  const base = {
    bandAxis,
    values,
    convention: target,
    framing: 'padded',
    preEmphasis: 0,
    cutPadding: false,
  } as const
  return withOverride(base, override, matrix)
}

function assumedSettings(
  convention: MelConvention,
  config: ProducerConfig,
  override: Partial<MelReading>,
  best: Hypothesis | undefined,
): readonly string[] {
  const stated: Partial<MelConvention> = { ...config.convention, ...override.convention }
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
  const isOwn = best === undefined || best.producers.length === 0 || best.producers.length > 2
  const whose = isOwn ? 'as in the model' : `as published with ${best.producers.join(' and ')}`
  return [`Assumed, because an array does not show it: ${assumed.join(', ')}, ${whose}.`]
}

type Doubts = {
  readonly isAxisOpen: boolean
  readonly isUnsure: boolean
  readonly isKnown: boolean
  /** The statistics of values that fit no reading. */
  readonly unlikely?: ValueStatistics
  readonly reading: MelReading
  readonly config: ProducerConfig
  readonly override: Partial<MelReading>
}

function question({ isAxisOpen, isUnsure, isKnown, unlikely, reading, config, override }: Doubts): {
  question?: string
} {
  const { bands } = reading.convention
  if (isAxisOpen) {
    return { question: `Both axes have ${bands} values and vary alike: which one holds the bands?` }
  }
  const unknown = override.convention ? [] : (config.notUnderstood ?? [])
  if (unknown.length > 0) {
    return {
      question:
        `Its configuration says “${unknown.map(({ text }) => text).join('”, “')}”, which this page does not ` +
        'understand. Check the settings below against it.',
    }
  }
  if (unlikely) return { question: unlikelyText(unlikely) }
  const { scaling } = reading.values
  if (scaling?.kind === 'statistics' && !scaling.statistics) {
    return {
      question:
        'These values look normalised to mean 0 and deviation 1. Which mean and deviation were taken out? ' +
        'Type them here, one number for all bands or one per band, or add the file that has them: stats.npy of ' +
        'ParallelWaveGAN, feats_stats.npz of ESPnet, the configuration of Matcha-TTS, or JSON, ' +
        '{"mean": [...], "std": [...]}. If the values are not normalised, choose their scale.',
    }
  }
  if (!isKnown && !override.values) {
    return {
      question:
        `It has ${bands} bands, which no producer that this page knows has. How was it made? ` +
        'Give the settings below, or add the configuration of its producer.',
    }
  }
  if (!isUnsure) return {}
  return {
    question:
      'Its numbers do not decide how it was made: two readings are likely. Listen to both and choose one, or add the ' +
      'configuration of its producer.',
  }
}

function unlikelyText({ min, max }: ValueStatistics): string {
  const [low, high] = [min, max].map((value) => (Math.round(10 * value) / 10).toLocaleString('en'))
  if (min === max)
    return (
      `All its values are ${low}: there is no speech in it, and nothing shows its scale. Check the program that wrote ` +
      'it, or choose the scale below.'
    )
  return (
    `Its values, from ${low} to ${high}, fit no scale that this page knows. Check the program that wrote it, or choose ` +
    'the scale below.'
  )
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

function checkStatistics({ values: { scaling }, convention: { bands } }: MelReading, file: string): void {
  if (scaling?.kind !== 'statistics' || !scaling.statistics) return
  const { mean, deviation }: MelStatistics = scaling.statistics
  const isCount = ({ length }: readonly number[]) => length === bands || length === 1
  const isRight = isCount(mean) && isCount(deviation) && deviation.every((value) => value > 0)
  if (isRight && [...mean, ...deviation].every(Number.isFinite)) return
  refusalsOf(file)('mel-statistics', 'cannot be read with these means and deviations', {
    found: `${mean.length} means and ${deviation.length} deviations`,
    accepted: `${bands} of each, one per band, or one of each for all bands, the deviations above 0`,
    remedy:
      'Use the statistics that belong to this mel; ESPnet and ParallelWaveGAN store them beside the features.',
  })
}
