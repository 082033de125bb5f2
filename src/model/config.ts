/**
 * A model's `config.json`, written by `pretrain/export.py`, checked and in this side's names. It alone defines mel, prior,
 * prediction, schedules and shape of a model.
 */
import * as v from 'valibot'
import { ProblemError } from '../base/problem.ts'
import type { MelConvention } from '../dsp/mel-spectrogram.ts'

export type NetworkShape = {
  readonly firstChannels: number
  /** Neighbouring samples that are the channels of one position where the waveform enters and leaves. */
  readonly patchSamples: number
  /** Rate factors of the UBlocks, from the mel to the waveform; times `patchSamples` they are the hop. */
  readonly upFactors: readonly number[]
  readonly upChannels: readonly number[]
  /** Dilations of the four convolutions of each UBlock. */
  readonly upDilations: readonly (readonly [number, number, number, number])[]
  /** Channels after the first convolution on the waveform, then after each DBlock. */
  readonly downChannels: readonly number[]
  readonly downFactors: readonly number[]
  /** What a DBlock keeps of as many samples as its factor says: their average, or the first. */
  readonly downsampling: 'average' | 'nearest'
  readonly leakyReluSlope: number
  readonly noiseLevelScale: number
}

export type ModelConfig = {
  readonly id: string
  readonly objective: 'wavegrad' | 'infergrad'
  readonly mel: MelConvention
  readonly network: NetworkShape
  readonly prior: 'standard' | 'energy' | 'spectral'
  /** Smallest value of the energy prior's envelope, or smallest gain of the spectral prior. */
  readonly priorFloor: number
  /** Of the spectral prior, above the mel's highest band. */
  readonly priorRolloffDbPerKhz: number
  /** How often the spectral prior compares the waveform's own mel with the one that is asked for. */
  readonly priorCorrections: number
  /** Of those corrections, from 0 to below 1. */
  readonly priorMomentum: number
  readonly prediction: 'noise' | 'v'
  /** Best known schedule per number of steps, and how it was found. */
  readonly schedules: Readonly<Record<string, { readonly betas: readonly number[]; readonly found: string }>>
  readonly weights: {
    readonly file: string
    /** Of the file, lower-case hexadecimal. */
    readonly sha256: string
    /** How many numbers the model has. */
    readonly parameters: number
  }
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1 << 20))
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const beta = v.pipe(v.number(), v.gtValue(0), v.ltValue(1))

const melSchema = v.pipe(
  v.object({
    sample_rate_hz: whole,
    fft_size: whole,
    hop_samples: whole,
    window_samples: whole,
    bands: whole,
    low_hz: v.pipe(v.number(), v.minValue(0)),
    high_hz: positive,
    scale: v.picklist(['slaney', 'htk']),
    norm: v.picklist(['slaney', 'none']),
    magnitude_epsilon: v.pipe(v.number(), v.minValue(0)),
    log: v.picklist(['ln', 'log10']),
    floor: positive,
  }),
  v.check((mel) => mel.window_samples <= mel.fft_size, 'window_samples must not exceed fft_size'),
  v.check(
    (mel) => mel.low_hz < mel.high_hz && mel.high_hz <= mel.sample_rate_hz / 2,
    'low_hz must be below high_hz, and that at most half of sample_rate_hz',
  ),
  v.transform(
    (mel): MelConvention => ({
      sampleRateHz: mel.sample_rate_hz,
      fftSize: mel.fft_size,
      hopSamples: mel.hop_samples,
      windowSamples: mel.window_samples,
      bands: mel.bands,
      lowHz: mel.low_hz,
      highHz: mel.high_hz,
      scale: mel.scale,
      norm: mel.norm,
      magnitudeEpsilon: mel.magnitude_epsilon,
      log: mel.log,
      floor: mel.floor,
    }),
  ),
)

const networkSchema = v.pipe(
  v.object({
    first_channels: whole,
    patch_samples: v.optional(whole, 1),
    up_factors: v.pipe(v.array(whole), v.minLength(1)),
    up_channels: v.array(whole),
    up_dilations: v.array(v.strictTuple([whole, whole, whole, whole])),
    down_channels: v.array(v.pipe(whole, v.multipleOf(2, 'Expected an even number of channels'))),
    down_factors: v.array(whole),
    downsampling: v.optional(v.picklist(['average', 'nearest']), 'average'),
    leaky_relu_slope: v.pipe(positive, v.maxValue(1)),
    noise_level_scale: positive,
  }),
  v.check(
    (shape) =>
      [shape.up_channels, shape.up_dilations, shape.down_channels].every(
        (list) => list.length === shape.up_factors.length,
      ),
    'up_channels, up_dilations and down_channels need one entry per up_factor',
  ),
  v.check(
    (shape) => String(shape.down_factors) === String(shape.up_factors.slice(1).reverse()),
    'down_factors must be up_factors without the first, reversed',
  ),
  v.transform(
    (shape): NetworkShape => ({
      firstChannels: shape.first_channels,
      patchSamples: shape.patch_samples,
      upFactors: shape.up_factors,
      upChannels: shape.up_channels,
      upDilations: shape.up_dilations,
      downChannels: shape.down_channels,
      downFactors: shape.down_factors,
      downsampling: shape.downsampling,
      leakyReluSlope: shape.leaky_relu_slope,
      noiseLevelScale: shape.noise_level_scale,
    }),
  ),
)

const configSchema = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
    architecture: v.literal('wavegrad'),
    objective: v.picklist(['wavegrad', 'infergrad']),
    mel: melSchema,
    network: networkSchema,
    prior: v.picklist(['standard', 'energy', 'spectral']),
    prior_floor: v.optional(positive, 1e-3),
    prior_rolloff_db_per_khz: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
    prior_corrections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 0),
    prior_momentum: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
    prediction: v.picklist(['noise', 'v']),
    schedules: v.record(
      v.pipe(v.string(), v.regex(/^[1-9]\d*$/)),
      v.object({ betas: v.pipe(v.array(beta), v.minLength(1)), found: v.string() }),
    ),
    weights: v.object({
      file: v.pipe(v.string(), v.regex(/^[\w.-]+\.safetensors$/)),
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      parameters: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 30)),
    }),
  }),
  v.check(
    ({ mel, network }) =>
      network.upFactors.reduce((product, factor) => product * factor, network.patchSamples) ===
      mel.hopSamples,
    'network.up_factors, and patch_samples where it is given, must multiply to mel.hop_samples',
  ),
  v.check(
    ({ schedules }) =>
      Object.entries(schedules).every(([steps, { betas }]) => betas.length === Number(steps)),
    'Each of schedules must have as many betas as its key says',
  ),
  v.transform(
    ({
      architecture: _,
      prior_floor: priorFloor,
      prior_rolloff_db_per_khz: priorRolloffDbPerKhz,
      prior_corrections: priorCorrections,
      prior_momentum: priorMomentum,
      ...rest
    }): ModelConfig => ({
      ...rest,
      priorFloor,
      priorRolloffDbPerKhz,
      priorCorrections,
      priorMomentum,
    }),
  ),
)

/**
 * `json` as parsed; `file` is its name for messages. Throws a `ProblemError` (`model-config-invalid`) that names the first
 * field that is missing or wrong. Fields that are not known are ignored, so that a newer writer may add some.
 */
export function parseModelConfig(json: unknown, file: string): ModelConfig {
  const result = v.safeParse(configSchema, json, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  throw new ProblemError({
    code: 'model-config-invalid',
    message: `${file} is not the configuration of a WaveGrad model: ${path ? `${path}: ` : ''}${issue.message}.`,
    file,
    found: issue.received,
    accepted: issue.expected ?? undefined,
    remedy: 'Export the model again with pretrain/export.py, or choose another model.',
  })
}
