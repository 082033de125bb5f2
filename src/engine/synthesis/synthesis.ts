/**
 * Converts a mel to a waveform of any length. y_n is stored whole as plain numbers. In each step the network evaluates
 * one window after the other (chunk-plan.ts), each with a halo of y_n, so that its memory is constant and the result
 * equals a pass over the whole. A streamed job completes all steps of the first windows first and tells each piece of
 * the waveform as soon as it is made; the result is the same.
 */

import { letMessagesIn, throwIfCancelled } from '../../base/cancellation.ts'
import { ProblemError } from '../../base/problem.ts'
import { noiseFrom, type Prediction } from '../../diffusion/prediction.ts'
import { sample } from '../../diffusion/sampler.ts'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import type { ModelConfig } from '../../model/config.ts'
import type {
  BackendName,
  ControlRequest,
  SynthesisProgress,
  SynthesisRequest,
  WaveformPiece,
} from '../vocoder-engine.ts'
import { checkWaveform, invalidOutput } from './check-waveform.ts'
import { planChunks } from './chunk-plan.ts'
import { type PitchOptions, readPitch, type WindowPitch } from './read-pitch.ts'
import { WaveformPieces, type WaveformShaping } from './waveform-pieces.ts'

/** A network that is evaluated one window at a time, on signals in plain numbers or on a device. */
export type WindowNetwork<Signal = Float32Array> = WaveformShaping<Signal> & {
  readonly haloFrames: number
  readonly prediction: Prediction
  /**
   * mel [frames * bands], y_n [frames * hop], sqrt(alpha-bar_n) -> the prediction target, [frames * hop]. A network
   * with a `pitch` also receives the pulses of the same frames, [frames * hop].
   */
  evaluate(mel: Float32Array, y: Signal, noiseLevel: number, pulses?: Signal): Promise<Signal>
  /** Present if the network needs the pitch, which is estimated from the mel once, before the process. */
  readonly pitch?: WindowPitch<Signal>
  /** Frees what the job holds on a device. */
  endJob?(): void
}

/**
 * The size of chunks relative to `chunkFramesLadder`: the larger they are, the smaller is the share of their halos, which
 * are computed twice. A GPU computes large windows at no loss, and networks on frames have few values per frame.
 */
export function chunkScale(
  backend: BackendName,
  { architecture }: Pick<ModelConfig, 'architecture'>,
): number {
  return backend === 'webgpu' || (backend === 'wasm' && architecture === 'frames') ? 2 : 1
}

/** Estimates are whole waveforms, kept until the end: thirteen of a minute take 69 MB. */
export const maxStepsWithEstimates = 12

/**
 * The cost of one waveform (the passes of the prior) relative to a step of the network on the same frames, for the
 * progress.
 */
const waveformCost = 0.3

export type SynthesisOptions = {
  /** See `ChunkLimits`. */
  readonly chunkFrames: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: SynthesisProgress) => void
  /**
   * Receives the waveforms of `SynthesisResult.estimates` one by one, except the last, which is the result, and owns
   * them.
   */
  readonly onEstimate?: (waveform: Float32Array<ArrayBuffer>) => void
}

/**
 * Returns the waveform, [frames * hop], in [-1, 1]. Rejects with `mel-mismatch`, `mel-not-finite`, `seed-invalid`,
 * `estimates-too-many` or the problems of `noiseSchedule`; with `output-invalid` instead of returning invalid samples;
 * with AbortError within one window after `signal` was aborted.
 */
export async function synthesize<Signal>(
  network: WindowNetwork<Signal>,
  request: SynthesisInput,
  options: SynthesisOptions,
): Promise<Float32Array<ArrayBuffer>> {
  try {
    return await runProcess(network, request, options)
  } finally {
    network.endJob?.()
  }
}

type SynthesisInput = Pick<SynthesisRequest, 'mel' | 'betas' | 'seed' | 'streamed'>

async function runProcess<Signal>(
  network: WindowNetwork<Signal>,
  { mel, betas, seed, streamed }: SynthesisInput,
  { signal, onProgress, onEstimate, ...limits }: SynthesisOptions,
): Promise<Float32Array<ArrayBuffer>> {
  checkMel(network, mel)
  checkSeed(seed)
  if (onEstimate) checkSteps(betas.length)
  const schedule = noiseSchedule(betas)
  const { signals, hopSamples, bands, haloFrames, prediction } = network
  const { windowFrames, chunks } = planChunks(mel.frames, { ...limits, haloFrames })
  const samples = mel.frames * hopSamples
  const steps = betas.length
  let evaluations = 0
  let waveforms = 0
  const waveformWork = waveformCost * chunks.length
  const work = steps * (chunks.length + (onEstimate ? waveformWork : 0))
  const tellProgress = (piece?: WaveformPiece) =>
    onProgress?.({
      step: Math.floor(evaluations / chunks.length),
      steps,
      fraction: Math.min(1, (evaluations + waveforms * waveformWork) / work),
      ...(piece && { piece }),
    })
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }

  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  const shaping = { betweenPasses: pause, ...(input.voicing && { voicing: input.voicing }) }
  const waveformOf = async (process: Signal) => {
    await pause()
    const waveform = await network.waveform(process, mel, shaping)
    checkWaveform(waveform, mel)
    return waveform
  }
  const estimate = async (process: Signal) => {
    onEstimate?.(await waveformOf(process))
    signals.release(process)
    waveforms++
    tellProgress()
  }

  // Streams are numbered by the step at which they are used: y_N has N, the z of step n has n - 1.
  const start = signals.noise(seed, steps, 0, samples)
  if (onEstimate) await estimate(input.withNoise(start))
  const pieces = streamed && !onEstimate ? new WaveformPieces(network, mel, shaping) : undefined
  const y = await sample({
    signals,
    schedule,
    start,
    parts: chunks.map((chunk) => ({
      from: chunk.windowStart * hopSamples,
      start: chunk.start * hopSamples,
      end: chunk.end * hopSamples,
      to: (chunk.windowStart + windowFrames) * hopSamples,
    })),
    freshNoise: (n, first, length) => signals.noise(seed, n - 1, first, length),
    async predictNoise(yWindow, level, _n, { from, to }) {
      await pause()
      const melWindow = mel.values.subarray((from / hopSamples) * bands, (to / hopSamples) * bands)
      const pulses = input.pulses && signals.cut([{ start: 0, signal: input.pulses }], from, to)
      const output = await network.evaluate(melWindow, yWindow, level, pulses)
      if (signals.length(output) !== to - from)
        throw invalidOutput(`${signals.length(output)} samples instead of ${to - from}`)
      evaluations++
      tellProgress()
      const noise = noiseFrom(signals, prediction, output, yWindow, level)
      if (pulses) signals.release(pulses)
      if (noise !== output) signals.release(output)
      return noise
    },
    onEstimate: onEstimate && estimate,
    onPart:
      pieces &&
      (async (process, end) => {
        const piece = await pieces.extend(process, end)
        if (piece) tellProgress(piece)
      }),
  })
  if (!pieces) return waveformOf(y)
  checkWaveform(pieces.samples, mel)
  return pieces.samples
}

/** The inputs of a network besides the mel: the pulses, if it has a pitch, and noise mixed with them. */
type NetworkInput<Signal> = {
  readonly pulses?: Signal
  /** The voicing of each frame, 0..1; present if the network has a pitch. */
  readonly voicing?: Float32Array
  /** Returns a new signal. */
  withNoise(noise: Signal): Signal
}

/** Estimates the pitch once for the whole utterance, so that the phase of its pulses does not depend on the chunks. */
async function readInput<Signal>(
  { signals, pitch }: WindowNetwork<Signal>,
  mel: MelSpectrogram,
  options: PitchOptions,
): Promise<NetworkInput<Signal>> {
  if (!pitch) return { withNoise: (noise) => signals.sum([[1, noise]]) }
  const track = await readPitch(pitch, mel, options)
  const pulses = pitch.pulses(track)
  return { pulses, voicing: track.voicing, withNoise: (noise) => pitch.mixed(noise, track, pulses) }
}

/** The stream of the initial noise of a one-step process: without a schedule, this one is used. */
const controlStream = 1

/**
 * The control: the input of the network shaped by the prior, without any evaluation; [frames * hop], in [-1, 1]. It
 * depends on the seed, not on a schedule. Rejects as `synthesize` does.
 */
export async function synthesizeWithoutNetwork<Signal>(
  network: WindowNetwork<Signal>,
  request: ControlInput,
  options: Omit<SynthesisOptions, 'onEstimate'>,
): Promise<Float32Array<ArrayBuffer>> {
  try {
    return await shapeInput(network, request, options)
  } finally {
    network.endJob?.()
  }
}

type ControlInput = Pick<ControlRequest, 'mel' | 'seed'>

async function shapeInput<Signal>(
  network: WindowNetwork<Signal>,
  { mel, seed }: ControlInput,
  { signal, onProgress, ...limits }: Omit<SynthesisOptions, 'onEstimate'>,
): Promise<Float32Array<ArrayBuffer>> {
  checkMel(network, mel)
  checkSeed(seed)
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }
  await pause()
  const noise = network.signals.noise(seed, controlStream, 0, mel.frames * network.hopSamples)
  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  const waveform = await network.waveform(input.withNoise(noise), mel, {
    betweenPasses: pause,
    ...(input.voicing && { voicing: input.voicing }),
  })
  checkWaveform(waveform, mel)
  onProgress?.({ step: 0, steps: 0, fraction: 1 })
  return waveform
}

function checkSteps(steps: number): void {
  if (steps <= maxStepsWithEstimates) return
  throw new ProblemError({
    code: 'estimates-too-many',
    message: 'The estimates of this many steps do not fit into memory.',
    found: `${steps} steps`,
    accepted: `at most ${maxStepsWithEstimates} steps`,
    remedy: 'Choose fewer steps.',
  })
}

/** Throws `mel-mismatch` or `mel-not-finite`. */
export function checkMel({ bands }: Pick<WindowNetwork, 'bands'>, mel: MelSpectrogram): void {
  if (mel.bands !== bands || mel.frames < 1 || mel.values.length !== mel.frames * mel.bands) {
    throw new ProblemError({
      code: 'mel-mismatch',
      message: 'The mel spectrogram does not have the shape that the model requires.',
      found: `${mel.values.length} values as ${mel.frames} frames of ${mel.bands} bands`,
      accepted: `at least one frame, ${bands} bands`,
      remedy: 'Choose a model for this kind of mel, or convert the mel.',
    })
  }
  const wrong = mel.values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new ProblemError({
      code: 'mel-not-finite',
      message: 'The mel spectrogram contains a value that is not finite.',
      found: `${mel.values[wrong]} in frame ${Math.floor(wrong / bands)}, band ${wrong % bands}`,
      accepted: 'finite values',
      remedy: 'Check the source of the file: NaN and infinity usually come from a logarithm of zero.',
    })
  }
}

function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new ProblemError({
      code: 'seed-invalid',
      message: 'This seed cannot be used.',
      found: String(seed),
      accepted: 'a whole number from 0 to 4,294,967,295',
      remedy: 'Choose another seed.',
    })
  }
}
