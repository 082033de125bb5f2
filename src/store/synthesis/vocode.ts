/**
 * Synthesizes one waveform from one mel, by a model or by Griffin-Lim, with a record of how it was made. Every feature
 * that needs a waveform calls this module.
 */
import type { Audio } from '../../analysis/analysis.ts'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type {
  CallOptions,
  ModelSummary,
  StreamRequest,
  SynthesisProgress,
  SynthesisReport,
  SynthesisRequest,
  SynthesisResult,
  VocoderEngine,
} from '../../engine/vocoder-engine.ts'
import type { Services } from '../services.ts'
import type { PageAccess } from '../slice.ts'
import type { Making, TakeCorrections } from '../takes/take.ts'

export type Made = Audio & {
  readonly making: Making
  /** Present if they were requested: see `SynthesisResult`. */
  readonly estimates?: readonly Float32Array<ArrayBuffer>[]
}

export type VocodeInput = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** Unsigned 32-bit integer. */
  readonly seed: number
}

type ModelInput = VocodeInput & {
  readonly model: ModelSummary
  readonly corrections: TakeCorrections
}

/** Whether the progress brings the samples in pieces, which excludes estimates. */
type Delivery = { readonly streamed?: boolean }

type VocodeOptions = {
  readonly signal?: AbortSignal
  /** Called when the weights are loaded and the synthesis begins. */
  readonly onLoaded?: () => void
  readonly onProgress?: (progress: SynthesisProgress) => void
}

const secondsOf = ({ mel, convention }: VocodeInput) =>
  (mel.frames * convention.hopSamples) / convention.sampleRateHz

/** Loads the model if needed. Rejects with the engine's problem, or with an AbortError. */
export async function vocode(
  { actions, services: { engine } }: Pick<PageAccess, 'actions' | 'services'>,
  input: ModelInput & Pick<SynthesisRequest, 'betas' | 'estimates'> & Delivery,
  options: VocodeOptions = {},
): Promise<Made> {
  const { model, mel, betas, seed, corrections, estimates, streamed } = input
  const { signal, onLoaded, onProgress } = options
  await actions.models.load(model.id, signal)
  onLoaded?.()
  const request = { modelId: model.id, mel, betas, seed, corrections: plain(corrections) }
  const result = streamed
    ? await streamedWaveform(engine, request, input.convention, { signal, onProgress })
    : await engine.synthesize({ ...request, ...(estimates && { estimates }) }, { signal, onProgress })
  return { ...result, making: { ...howMade(input, result), betas } }
}

/** Joins the pieces of a stream. The progress brings views of the result, so that no sample is held twice. */
async function streamedWaveform(
  engine: VocoderEngine,
  request: StreamRequest,
  { hopSamples }: MelConvention,
  { signal, onProgress }: CallOptions<SynthesisProgress>,
): Promise<SynthesisReport & Pick<SynthesisResult, 'samples'>> {
  let samples = new Float32Array()
  const report = await engine.stream(request, {
    signal,
    onProgress({ piece, ...progress }) {
      if (!piece) return onProgress?.(progress)
      const { startSample } = piece
      // A job that starts over does not write to samples that may be playing.
      if (startSample === 0) samples = new Float32Array(request.mel.frames * hopSamples)
      samples.set(piece.samples, startSample)
      const own = samples.subarray(startSample, startSample + piece.samples.length)
      onProgress?.({ ...progress, piece: { startSample, samples: own } })
    },
  })
  return { ...report, samples }
}

/** Makes the control: the network's input through the prior of `model`. Rejects as `vocode` does. */
export async function vocodeWithoutNetwork(
  { actions, services: { engine } }: Pick<PageAccess, 'actions' | 'services'>,
  input: ModelInput,
  { signal, onLoaded, onProgress }: VocodeOptions = {},
): Promise<Made> {
  const { model, mel, seed, corrections } = input
  await actions.models.load(model.id, signal)
  onLoaded?.()
  const result = await engine.synthesizeWithoutNetwork(
    { modelId: model.id, mel, seed, corrections: plain(corrections) },
    { signal, onProgress },
  )
  return { ...result, making: howMade(input, result) }
}

/** The engine does not need to know whether the corrections were requested. */
const plain = ({ asked: _, ...corrections }: TakeCorrections): MelCorrections => corrections

function howMade(input: ModelInput, { elapsedSeconds, backend }: SynthesisReport): Making {
  const { model, seed, corrections } = input
  return {
    elapsedSeconds,
    realTimeFactor: elapsedSeconds / secondsOf(input),
    seed,
    modelId: model.id,
    ...(model.name && { modelName: model.name }),
    corrections,
    backend,
  }
}

/** Makes the classical baseline. Rejects with the analysis's problem, or with an AbortError. */
export async function vocodeByGriffinLim(
  { analysis }: Pick<Services, 'analysis'>,
  input: VocodeInput,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void } = {},
): Promise<Made> {
  const startedAt = performance.now()
  const audio = await analysis.griffinLim(input, options)
  const elapsedSeconds = (performance.now() - startedAt) / 1000
  const making = { elapsedSeconds, realTimeFactor: elapsedSeconds / secondsOf(input), seed: input.seed }
  return { ...audio, making }
}
