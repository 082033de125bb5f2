/**
 * A model's `config.json`, written by `pretrain/export.py`, validated and converted to camel case. It alone defines a
 * model's mel, prior, prediction target, schedules and shape.
 */
import * as v from 'valibot'
import { type CorrectionScope, correctionScopes } from '../base/mel-corrections.ts'
import { ProblemError } from '../base/problem.ts'
import type { MelConvention } from '../dsp/mel/mel-spectrogram.ts'
import { positive, whole } from './config-numbers.ts'
import {
  type FrameShape,
  frameShapeSchema,
  type PitchShape,
  pitchShapeSchema,
} from './networks/frames/shape.ts'
import { type WaveGradShape, waveGradShapeSchema } from './networks/wavegrad/shape.ts'
import { correctsVoiced } from './voiced-corrections.ts'

type Described = {
  readonly id: string
  readonly objective: 'wavegrad' | 'infergrad'
  readonly mel: MelConvention
  readonly prior: 'standard' | 'energy' | 'spectral'
  /** Smallest value of the energy prior's envelope, or smallest gain of the spectral prior. */
  readonly priorFloor: number
  /** Slope of the spectral prior above the mel's highest band. */
  readonly priorRolloffDbPerKhz: number
  /** Number of times that the spectral prior compares the waveform's mel with the requested one. */
  readonly priorCorrections: number
  /** Momentum of those corrections, in [0, 1). */
  readonly priorMomentum: number
  /** Whether they apply to everything or only to voiced speech below 1 kHz. */
  readonly priorCorrectionScope: CorrectionScope
  /** The prediction target; see diffusion/prediction.ts. */
  readonly prediction: 'noise' | 'v' | 'endpoint'
  /** The best known schedule per number of steps, and how it was found. */
  readonly schedules: Readonly<Record<string, { readonly betas: readonly number[]; readonly found: string }>>
  readonly weights: {
    readonly file: string
    /** SHA-256 of the file in lower-case hexadecimal. */
    readonly sha256: string
    /** Number of parameters of the model. */
    readonly parameters: number
  }
}

/** WaveGrad's blocks, which operate on the waveform. */
export type WaveGradConfig = Described & {
  readonly architecture: 'wavegrad'
  readonly network: WaveGradShape
}

/**
 * ConvNeXt blocks on Fourier frames, with an excitation at the pitch that a separate network estimates from the mel.
 */
export type FrameConfig = Described & {
  readonly architecture: 'frames'
  readonly network: FrameShape
  readonly pitch: PitchShape
}

export type ModelConfig = WaveGradConfig | FrameConfig

const beta = v.pipe(v.number(), v.gtValue(0), v.ltValue(1))

const upTo = (max: number) => v.pipe(whole, v.maxValue(max))
/** Bounds on the time that a second of audio can take. Speech has windows of 20 to 100 ms, 2 to 16 hops long. */
const maxHopsPerFft = 64

const melSchema = v.pipe(
  v.object({
    sample_rate_hz: upTo(192_000),
    // WebGPU transforms frames of this size in the memory that every device has (workgroup-fft.ts).
    fft_size: upTo(4096),
    hop_samples: upTo(16_384),
    window_samples: whole,
    bands: upTo(1024),
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
    (mel) => mel.fft_size <= maxHopsPerFft * mel.hop_samples,
    `fft_size must not exceed ${maxHopsPerFft} times hop_samples`,
  ),
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

const described = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]*$/)),
  objective: v.picklist(['wavegrad', 'infergrad']),
  mel: melSchema,
  prior: v.picklist(['standard', 'energy', 'spectral']),
  prior_floor: v.optional(positive, 1e-3),
  prior_rolloff_db_per_khz: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
  prior_corrections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 0),
  prior_momentum: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
  prior_correction_scope: v.optional(v.picklist(correctionScopes), 'all'),
  prediction: v.picklist(['noise', 'v', 'endpoint']),
  schedules: v.record(
    v.pipe(v.string(), v.regex(/^[1-9]\d*$/)),
    v.object({ betas: v.pipe(v.array(beta), v.minLength(1)), found: v.string() }),
  ),
  weights: v.object({
    file: v.pipe(v.string(), v.regex(/^[\w.-]+\.safetensors$/)),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    parameters: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 30)),
  }),
}

const waveGradSchema = v.pipe(
  v.object({ ...described, architecture: v.literal('wavegrad'), network: waveGradShapeSchema }),
  v.check(
    ({ mel, network }) =>
      network.upFactors.reduce((product, factor) => product * factor, network.patchSamples) ===
      mel.hopSamples,
    'network.up_factors, and patch_samples where it is given, must multiply to mel.hop_samples',
  ),
)

const frameSchema = v.pipe(
  v.object({
    ...described,
    architecture: v.literal('frames'),
    network: frameShapeSchema,
    pitch: pitchShapeSchema,
  }),
  v.check(
    ({ mel, network }) => network.excitationBins <= mel.fftSize / 2 + 1,
    'network.excitation_bins must not exceed the bins of mel.fft_size',
  ),
  v.check(
    ({ mel, network }) => !network.envelopeGains || mel.hopSamples % network.envelopeGains === 0,
    'network.envelope_gains must divide mel.hop_samples',
  ),
  v.check(
    ({ prior, network }) => !network.refinement || prior === 'spectral',
    'network.refinement needs the spectral prior',
  ),
)

const architectures = ['wavegrad', 'frames'] as const

const configSchema = v.pipe(
  v.variant('architecture', [waveGradSchema, frameSchema], ({ path, expected, received }) =>
    path ? `${received} is not one of ${architectures.join(', ')}` : `Expected ${expected}`,
  ),
  v.check(
    ({ schedules }) =>
      Object.entries(schedules).every(([steps, { betas }]) => betas.length === Number(steps)),
    'Each of schedules must have as many betas as its key says',
  ),
  v.check(
    (config) => config.prior_correction_scope === 'all' || correctsVoiced(config),
    'prior_correction_scope "voiced" needs the architecture frames, the spectral prior, and a mel with bands below 1 kHz whose FFT, hop and window are multiples of 16',
  ),
  v.transform(
    ({
      prior_floor: priorFloor,
      prior_rolloff_db_per_khz: priorRolloffDbPerKhz,
      prior_corrections: priorCorrections,
      prior_momentum: priorMomentum,
      prior_correction_scope: priorCorrectionScope,
      ...rest
    }): ModelConfig => ({
      ...rest,
      priorFloor,
      priorRolloffDbPerKhz,
      priorCorrections,
      priorMomentum,
      priorCorrectionScope,
    }),
  ),
)

/**
 * `json` is the parsed file; `file` is its name for messages. Throws a `ProblemError` (`model-config-invalid`) that
 * names the first missing or wrong field. Unknown fields are ignored, so that later versions may add some.
 */
export function parseModelConfig(json: unknown, file: string): ModelConfig {
  const result = v.safeParse(configSchema, json, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const path = v.getDotPath(issue)
  throw new ProblemError({
    code: 'model-config-invalid',
    message: `${file} is not the configuration of a vocoder: ${path ? `${path}: ` : ''}${issue.message}.`,
    file,
    found: issue.received,
    accepted: issue.expected ?? undefined,
    remedy: 'Export the model again with pretrain/export.py, or choose another model.',
  })
}
