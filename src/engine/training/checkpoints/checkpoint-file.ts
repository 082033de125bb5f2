/**
 * A training session in one safetensors file: weights, averages and moments in float32, the best averages so far in
 * float16, as in an export, and everything else as JSON in the file's metadata. The session can be resumed from it on
 * any machine.
 */
import * as v from 'valibot'
import { ProblemError } from '../../../base/problem.ts'
import {
  readSafetensors,
  readSafetensorsMetadata,
  type SafeTensor,
} from '../../../io/safetensors/safetensors.ts'
import { type TensorToWrite, writeSafetensors } from '../../../io/safetensors/safetensors-writer.ts'
import type { LearnerState } from '../steps/learner.ts'
import {
  type HeldOutFigures,
  layerGroups,
  type TrainingHistory,
  type TrainingSettings,
} from '../training-engine.ts'
import { checkpointKey } from './checkpoint-key.ts'

export type NamedTensors = LearnerState['tensors']

export type Checkpoint = {
  readonly sessionId: string
  /** Display name of the resulting model. */
  readonly name: string
  readonly modelId: string
  /** SHA-256 of the session's initial weights. */
  readonly modelSha256: string
  readonly settings: TrainingSettings
  readonly history: TrainingHistory
  /** Time spent on steps. */
  readonly seconds: number
  readonly best: { readonly step: number; readonly figures: HeldOutFigures }
  readonly state: LearnerState
  /** Averaged weights of the best step; absent if that is step 0. */
  readonly bestWeights?: NamedTensors
}

const version = 1
const bestPrefix = 'best.'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const amount = v.pipe(v.number(), v.finite(), v.minValue(0))
const figuresSchema = v.object({
  networkMelErrorNats: amount,
  melErrorNats: amount,
  stftError: amount,
})
/** null replaces NaN, which JSON lacks. */
const valueSchema = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? Number.NaN),
)
const settingsSchema = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform(withMaxGradientNorm),
  v.object({
    objective: v.picklist(['wavegrad', 'infergrad']),
    processSteps: v.pipe(v.array(v.pipe(count, v.minValue(1))), v.minLength(1)),
    schedule: v.picklist(['own', 'drawn']),
    wavegradWeight: amount,
    inferWeight: amount,
    melWeight: amount,
    steps: count,
    learningRate: amount,
    warmupSteps: count,
    batch: v.pipe(count, v.minValue(1)),
    cropSamples: v.pipe(count, v.minValue(1)),
    seed: v.pipe(count, v.maxValue(0xffff_ffff)),
    emaDecay: v.pipe(amount, v.maxValue(1)),
    maxGradientNorm: amount,
    frozen: v.array(v.picklist([...layerGroups.wavegrad, ...layerGroups.frames])),
    evaluateEverySteps: v.pipe(count, v.minValue(1)),
    snapshotEverySteps: v.pipe(count, v.minValue(1)),
  }),
)
const recordSchema = v.pipe(
  v.object({
    version: v.literal(version),
    sessionId: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    name: v.pipe(v.string(), v.maxLength(1000)),
    modelId: v.string(),
    modelSha256: v.string(),
    settings: settingsSchema,
    history: v.object({
      steps: v.array(count),
      values: v.record(v.string(), v.array(valueSchema)),
      evaluations: v.array(v.object({ step: count, figures: figuresSchema })),
    }),
    seconds: amount,
    step: count,
    best: v.object({ step: count, figures: figuresSchema }),
  }),
  v.check(
    ({ step, history }) =>
      [history.steps, ...Object.values(history.values)].every((column) => column.length === step),
    'The history must contain every completed step',
  ),
  v.check(
    ({ history }) => history.evaluations.some((evaluation) => evaluation.step === 0),
    'The history must begin with the initial model',
  ),
)

export function encodeCheckpoint({ state, bestWeights, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
  const asTensors = (tensors: NamedTensors, dtype: TensorToWrite['dtype'], prefix = '') =>
    [...tensors].map(([name, { shape, values }]) => ({ name: `${prefix}${name}`, dtype, shape, values }))
  const record = JSON.stringify({ version, step: state.step, ...rest })
  return writeSafetensors(
    [...asTensors(state.tensors, 'F32'), ...asTensors(bestWeights ?? new Map(), 'F16', bestPrefix)],
    { [checkpointKey]: record },
  )
}

/**
 * Throws a `ProblemError`: `checkpoint-invalid` for a file that is not a checkpoint, `safetensors-*` for a damaged one.
 */
export function decodeCheckpoint(bytes: Uint8Array<ArrayBuffer>, file: string): Checkpoint {
  const text = readSafetensorsMetadata(bytes, file)[checkpointKey]
  if (text === undefined) throw invalid(file, 'it contains no session')
  const result = v.safeParse(recordSchema, parsed(text, file), { abortEarly: true })
  if (!result.success) {
    const [issue] = result.issues
    throw invalid(file, `${v.getDotPath(issue) ?? 'its record'}: ${issue.message}`)
  }
  const { version: _, step, ...rest } = result.output
  const tensors = new Map<string, { shape: readonly number[]; values: Float32Array<ArrayBuffer> }>()
  const best: typeof tensors = new Map()
  for (const [name, tensor] of readSafetensors(bytes, file)) {
    const { shape, values } = finite(name, tensor, file)
    if (name.startsWith(bestPrefix)) best.set(name.slice(bestPrefix.length), { shape, values })
    else tensors.set(name, { shape, values })
  }
  if (rest.best.step > 0 && best.size === 0) throw invalid(file, 'it lacks the best weights')
  return { ...rest, state: { step, tensors }, bestWeights: best.size > 0 ? best : undefined }
}

/** Checkpoints of version 0.2.0 and before call the maximum norm of the gradient `largestGradientNorm`. */
function withMaxGradientNorm({ largestGradientNorm, ...settings }: Readonly<Record<string, unknown>>) {
  return { maxGradientNorm: largestGradientNorm, ...settings }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid(file, 'its record is not JSON')
  }
}

function finite(name: string, tensor: SafeTensor, file: string): SafeTensor {
  if (tensor.values.every(Number.isFinite)) return tensor
  throw invalid(file, `${name} contains a value that is not finite`)
}

function invalid(file: string, what: string): ProblemError {
  return new ProblemError({
    code: 'checkpoint-invalid',
    message: `${file} is not a checkpoint of fine-tuning: ${what}.`,
    file,
    accepted: 'a checkpoint saved by this page',
    remedy: 'Choose the file saved by "Download checkpoint", or start a new session.',
  })
}
