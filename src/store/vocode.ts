/** One mel to one waveform, by a model or by Griffin-Lim, with how it was made. Whoever wants a waveform asks here. */
import type { Audio } from '../analysis/analysis.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ModelSummary, SynthesisProgress } from '../engine/vocoder-engine.ts'
import type { Services } from './services.ts'
import type { GetState, Making } from './state.ts'

export type Made = Audio & {
  readonly making: Making
  /** Where they were asked for: see `SynthesisResult`. */
  readonly estimates?: readonly Float32Array<ArrayBuffer>[]
}

export type VocodeInput = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** Unsigned 32-bit integer. */
  readonly seed: number
}

const secondsOf = ({ mel, convention }: VocodeInput) =>
  (mel.frames * convention.hopSamples) / convention.sampleRateHz

/** Loads the model where needed. Rejects with what the engine says, or with an AbortError. */
export async function vocode(
  get: GetState,
  { engine }: Pick<Services, 'engine'>,
  input: VocodeInput & {
    readonly model: ModelSummary
    readonly betas: readonly number[]
    readonly estimates?: boolean
  },
  options: {
    readonly signal?: AbortSignal
    /** Called when the weights are there and the work begins. */
    readonly onLoaded?: () => void
    readonly onProgress?: (progress: SynthesisProgress) => void
  } = {},
): Promise<Made> {
  const { model, mel, betas, seed, estimates } = input
  const { signal, onLoaded, onProgress } = options
  await get().loadModel(model.id, signal)
  onLoaded?.()
  const result = await engine.synthesize(
    {
      modelId: model.id,
      mel,
      betas,
      seed,
      corrections: model.corrections,
      ...(estimates && { estimates }),
    },
    { signal, onProgress },
  )
  const { elapsedSeconds, backend } = result
  return {
    ...result,
    making: {
      elapsedSeconds,
      realTimeFactor: elapsedSeconds / secondsOf(input),
      seed,
      modelId: model.id,
      ...(model.name && { modelName: model.name }),
      betas,
      backend,
    },
  }
}

/** The classical baseline. Rejects with what the analysis says, or with an AbortError. */
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
