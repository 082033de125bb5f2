/**
 * The possible readings of a mel: those of the producer whose configuration was given, or else those of all producers
 * with as many bands, and the model's own analysis with any scale.
 */
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import type { Framing, MelReading, MelStatistics, MelValues } from '../mel-reading.ts'
import type { ProducerConfig } from '../producers/producer-config.ts'
import {
  decibels,
  decibelsStoredAs,
  linear,
  ln,
  log10,
  normalised,
  type ProducerProfile,
} from '../producers/profile.ts'
import { producerProfiles } from '../producers/profiles.ts'
import type { ValueStatistics } from './mel-likelihood.ts'
import { fullScaleLevel } from './mel-range.ts'

export type Hypothesis = {
  /** Names of the producers that use this analysis and scale; empty for the model's own analysis with another scale. */
  readonly producers: readonly string[]
  readonly values: MelValues
  readonly convention: MelConvention
  readonly framing: Framing
  readonly preEmphasis: number
  readonly filterRateHz?: number
  /** Its assumption beyond its analysis, as a sentence. */
  readonly assumption?: string
  /** Band sums that its values may be clipped at. */
  readonly floors: readonly number[]
  /** Logarithm of its relative probability before the values are considered. */
  readonly prior: number
}

const ownFloors = [1e-5, 1e-7, 1e-9, 1e-10]
/** Most mels have the model's own analysis, and few producers store power or linear values. */
const ownPrior = 2.5
const unusualPrior = -2
/** ESPnet and ParallelWaveGAN mostly store mels that are not normalised. */
const normalisedPrior = -1
/** Decibels that end at exactly 0, or that span exactly librosa's top_db, are no accident. */
const relativePrior = 5
const describedPrior = 3
/**
 * A configuration states how its producer stores mels, and statistics are given to be used, but a file may differ from
 * both.
 */
const againstConfigPrior = -5
const unusedStatisticsPrior = -6

const levelIsLost =
  'Its decibels are relative to its loudest or quietest value, so the level of the recording is lost: that of ' +
  'speech near full scale is assumed.'

const ownValues: readonly (readonly [values: MelValues, prior: number])[] = [
  [ln.magnitude, ownPrior],
  [log10.magnitude, ownPrior],
  [decibels.magnitude, ownPrior],
  [normalised(ln.magnitude), 1],
  [decibelsStoredAs([-4, 4], [-80, 20]), 0],
  [decibelsStoredAs([0, 1], [-80, 20]), unusualPrior],
  [ln.power, unusualPrior],
  [log10.power, unusualPrior],
  [linear.magnitude, unusualPrior],
  [linear.power, unusualPrior],
]

export type HypothesisContext = {
  readonly target: MelConvention
  readonly config: ProducerConfig
  /** Settings that the user states. */
  readonly convention?: Partial<MelConvention>
  /** The sizes of the array's axes. */
  readonly sizes: readonly number[]
}

export function hypothesesFor(found: ValueStatistics, context: HypothesisContext): readonly Hypothesis[] {
  const { target, config, convention: chosen, sizes } = context
  const stated = { ...config.convention, ...chosen }
  if (config.producer) return merged(ofProfile(config.producer, found, config, stated))
  const own = ofModel(target, found, config, stated)
  const others = producerProfiles
    .filter(({ name, published }) => name !== 'this page' && sizes.includes(stated.bands ?? published.bands))
    .flatMap((profile) => ofProfile(profile, found, config, stated))
  const fitting = sizes.includes(stated.bands ?? target.bands) ? [...own, ...others] : others
  return merged(fitting)
}

function ofModel(
  target: MelConvention,
  found: ValueStatistics,
  config: ProducerConfig,
  stated: Partial<MelConvention>,
): readonly Hypothesis[] {
  const convention = { ...target, ...stated }
  const relative = relativeDecibels(found, convention)
  // Someone who describes a mel without naming its producer mentions the settings that differ from the model's.
  const isDescribed = Object.keys(stated).length > 0 || config.values || config.statistics
  const described = isDescribed ? describedPrior : 0
  const all = config.values?.map((values) => [values, ownPrior] as const) ?? [
    ...ownValues,
    ...(relative ? [[relative, relativePrior] as const] : []),
  ]
  return all.flatMap(([values, prior]) =>
    withStatistics(values, config.statistics).map(([one, ofStatistics]) => ({
      producers: [],
      values: one,
      ...(one === relative && { assumption: levelIsLost }),
      convention,
      framing: 'padded',
      preEmphasis: 0,
      floors: stated.floor ? [stated.floor] : ownFloors,
      prior: prior + ofStatistics + described,
    })),
  )
}

function ofProfile(
  profile: ProducerProfile,
  found: ValueStatistics,
  config: ProducerConfig,
  stated: Partial<MelConvention>,
): readonly Hypothesis[] {
  const convention = { ...profile.published, ...stated }
  const { filterRateHz } = profile
  const relative = relativeDecibels(found, convention)
  const usual = config.values ?? profile.values
  const takesDecibels = usual.some(({ unit, of, scaling }) => unit === 'db' && of === 'power' && !scaling)
  const other = [ln.magnitude, log10.magnitude, decibels.magnitude]
    .filter(
      ({ unit }) => config.producer && !usual.some((one) => one.unit === unit && one.of === 'magnitude'),
    )
    .map((values) => [values, againstConfigPrior] as const)
  const all = usual.map((values) => [values, priorOf(values)] as const)
  const relatives = relative && takesDecibels ? [[relative, relativePrior] as const] : []
  return [...all, ...relatives, ...other].flatMap(([values, prior]) =>
    withStatistics(values, config.statistics).map(([one, ofStatistics]) => ({
      producers: [profile.name],
      values: one,
      ...(one === relative && { assumption: levelIsLost }),
      convention,
      framing: config.framing ?? profile.framing,
      preEmphasis: config.preEmphasis ?? profile.preEmphasis ?? 0,
      ...(filterRateHz !== undefined && { filterRateHz }),
      floors: [convention.floor],
      prior: prior + ofStatistics,
    })),
  )
}

function priorOf({ of, scaling }: MelValues): number {
  if (scaling?.kind === 'statistics' && !scaling.statistics) return normalisedPrior
  return of === 'power' && !scaling ? unusualPrior / 2 : 0
}

/** The values with the statistics that the user has given, or without them, and the priors of both. */
function withStatistics(
  values: MelValues,
  statistics: MelStatistics | undefined,
): readonly (readonly [MelValues, prior: number])[] {
  if (!statistics) return [[values, 0]]
  if (values.scaling?.kind === 'range') return []
  const restored = normalised(values, statistics)
  return values.scaling
    ? [[restored, 0]]
    : [
        [values, unusedStatisticsPrior],
        [restored, 0],
      ]
}

/** librosa's power_to_db(ref=numpy.max) stores the loudest value as 0 dB; with ref=numpy.min it is the quietest. */
function relativeDecibels(found: ValueStatistics, convention: MelConvention): MelValues | undefined {
  const isBelowLoudest = Math.abs(found.max) < 1e-4 && found.min < -20
  const isAboveQuietest = Math.abs(found.min) < 1e-4 && found.max > 40
  const isTopDb = Math.abs(found.max - found.min - 80) < 1e-3
  if (!isBelowLoudest && !isAboveQuietest && !isTopDb) return undefined
  // The level itself is lost, so the level of speech whose peaks are near full scale is assumed.
  const loudestDb = (20 / Math.LN10) * (fullScaleLevel(convention, 'power') - 1.7)
  return normalised(decibels.power, { mean: [loudestDb - found.max], deviation: [1] })
}

/** Joins hypotheses that read a mel in the same way, and adds their probabilities. */
function merged(all: readonly Hypothesis[]): readonly Hypothesis[] {
  const distinct = new Map<string, Hypothesis>()
  for (const one of all) {
    const key = JSON.stringify(decisiveOf(one))
    const before = distinct.get(key)
    distinct.set(
      key,
      before
        ? {
            ...before,
            producers: [...before.producers, ...one.producers],
            floors: [...new Set([...before.floors, ...one.floors])],
            prior: Math.log(Math.exp(before.prior) + Math.exp(one.prior)),
          }
        : one,
    )
  }
  return [...distinct.values()]
}

/**
 * Returns the settings that decide the conversion: hypotheses with equal ones differ by half a hop of framing at most.
 */
function decisiveOf({ convention, values, preEmphasis, filterRateHz }: Hypothesis): readonly unknown[] {
  const { sampleRateHz, fftSize, hopSamples, windowSamples, bands, lowHz, highHz, scale, norm } = convention
  const analysis = [sampleRateHz, fftSize, hopSamples, windowSamples, bands, lowHz, highHz, scale, norm]
  return [analysis, values, preEmphasis, filterRateHz]
}

/** The parts of a reading that a hypothesis decides. */
export function readingOf(
  { values, convention, framing, preEmphasis, filterRateHz }: Hypothesis,
  bandAxis: 0 | 1,
): MelReading {
  return {
    bandAxis,
    values,
    convention,
    framing,
    preEmphasis,
    ...(filterRateHz !== undefined && { filterRateHz }),
    cutPadding: false,
  }
}
