/**
 * Converts a mel to a waveform of any length. In each step the network evaluates one window after the other
 * (windows/chunk-plan.ts), each with a halo of y_n, so that its memory is constant and the result equals a pass over the whole.
 * `synthesize` takes step after step and returns the waveform. `stream` completes all steps of the first windows first
 * and tells each piece of the same waveform as soon as it is made; it keeps nothing that grows with the mel.
 */

import { letMessagesIn, throwIfCancelled } from '../../base/cancellation.ts'
import { noiseFrom } from '../../diffusion/prediction.ts'
import { type SamplerInput, sample, sampleInParts } from '../../diffusion/sampler.ts'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { BackendName, SynthesisProgress, SynthesisRequest, WaveformPiece } from '../vocoder-engine.ts'
import { checkMel, checkSeed, checkStepsWithEstimates } from './checks/check-request.ts'
import { checkWaveform, invalidOutput } from './checks/check-waveform.ts'
import { type NetworkInput, readInput } from './network-input.ts'
import { type ShapingOptions, WaveformPieces } from './waveform-pieces.ts'
import { planChunks } from './windows/chunk-plan.ts'
import type { WindowNetwork } from './windows/window-network.ts'

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
}

export type WithEstimates = SynthesisOptions & {
  /**
   * Receives the waveforms of `SynthesisResult.estimates` one by one, except the last, which is the result, and owns
   * them.
   */
  readonly onEstimate?: (waveform: Float32Array<ArrayBuffer>) => void
}

type SynthesisInput = Pick<SynthesisRequest, 'mel' | 'betas' | 'seed'>

/**
 * Returns the waveform, [frames * hop], in [-1, 1]. Rejects with `mel-mismatch`, `mel-not-finite`, `seed-invalid`,
 * `estimates-too-many` or the problems of `noiseSchedule`; with `output-invalid` instead of returning invalid samples;
 * with AbortError within one window after `signal` was aborted.
 */
export async function synthesize<Signal>(
  network: WindowNetwork<Signal>,
  request: SynthesisInput,
  { onEstimate, ...options }: WithEstimates,
): Promise<Float32Array<ArrayBuffer>> {
  const { mel, seed, betas } = request
  if (onEstimate) checkStepsWithEstimates(betas.length)
  return withProcess(
    network,
    request,
    { ...options, waveforms: onEstimate ? betas.length : 0 },
    async (process) => {
      const { input, reverse, shaping, tellProgress } = process
      const { signals } = network
      const waveformOf = async (signal: Signal) => {
        await shaping.betweenPasses()
        const waveform = await network.waveform(signal, mel, shaping)
        checkWaveform(waveform, mel)
        return waveform
      }
      const estimate = async (signal: Signal) => {
        onEstimate?.(await waveformOf(signal))
        signals.release(signal)
        tellProgress({ waveforms: 1 })
      }
      if (onEstimate) {
        const noise = signals.noise(seed, betas.length, 0, reverse.samples)
        await estimate(input.withNoise(noise))
        signals.release(noise)
      }
      return waveformOf(await sample({ ...reverse, onEstimate: onEstimate && estimate }))
    },
  )
}

/**
 * Tells the waveform of `synthesize` by `onProgress`, in pieces from the first to the last, each in an array of its own.
 * Rejects as `synthesize` does.
 */
export function stream<Signal>(
  network: WindowNetwork<Signal>,
  request: SynthesisInput,
  options: SynthesisOptions,
): Promise<void> {
  return withProcess(
    network,
    request,
    { ...options, waveforms: 0 },
    async ({ reverse, shaping, tellProgress }) => {
      const pieces = new WaveformPieces(network, request.mel, shaping)
      await sampleInParts(reverse, async (process, end) => {
        const piece = await pieces.extend(process, end)
        if (piece) tellProgress({ piece })
      })
      pieces.check()
    },
  )
}

type Process<Signal> = {
  readonly input: NetworkInput<Signal>
  readonly reverse: SamplerInput<Signal>
  readonly shaping: ShapingOptions
  /** Tells the progress after another evaluation or waveform, or with a piece. */
  tellProgress(done: { evaluations?: number; waveforms?: number; piece?: WaveformPiece }): void
}

type ProcessOptions = SynthesisOptions & {
  /** The number of waveforms besides the result. */
  readonly waveforms: number
}

/** Checks the request, and calls `run` with what the reverse process needs; then frees what the job holds on a device. */
async function withProcess<Signal, Result>(
  network: WindowNetwork<Signal>,
  request: SynthesisInput,
  options: ProcessOptions,
  run: (process: Process<Signal>) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(await prepare(network, request, options))
  } finally {
    network.endJob?.()
  }
}

async function prepare<Signal>(
  network: WindowNetwork<Signal>,
  { mel, betas, seed }: SynthesisInput,
  { signal, onProgress, waveforms, ...limits }: ProcessOptions,
): Promise<Process<Signal>> {
  checkMel(network, mel)
  checkSeed(seed)
  const schedule = noiseSchedule(betas)
  const { signals, hopSamples, bands, haloFrames, prediction } = network
  const { windowFrames, chunks } = planChunks(mel.frames, { ...limits, haloFrames })
  const steps = betas.length
  const done = { evaluations: 0, waveforms: 0 }
  const waveformWork = waveformCost * chunks.length
  const work = steps * chunks.length + waveforms * waveformWork
  const tellProgress: Process<Signal>['tellProgress'] = ({ piece, ...more }) => {
    done.evaluations += more.evaluations ?? 0
    done.waveforms += more.waveforms ?? 0
    onProgress?.({
      step: Math.floor(done.evaluations / chunks.length),
      steps,
      fraction: Math.min(1, (done.evaluations + done.waveforms * waveformWork) / work),
      ...(piece && { piece }),
    })
  }
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }
  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  // Streams are numbered by the step at which they are used: y_N has N, the z of step n has n - 1.
  const reverse: SamplerInput<Signal> = {
    signals,
    schedule,
    samples: mel.frames * hopSamples,
    initialNoise: (first, length) => signals.noise(seed, steps, first, length),
    freshNoise: (n, first, length) => signals.noise(seed, n - 1, first, length),
    parts: chunks.map((chunk) => ({
      from: chunk.windowStart * hopSamples,
      start: chunk.start * hopSamples,
      end: chunk.end * hopSamples,
      to: (chunk.windowStart + windowFrames) * hopSamples,
    })),
    async predictNoise(yWindow, level, _n, { from, to }) {
      await pause()
      const melWindow = mel.values.subarray((from / hopSamples) * bands, (to / hopSamples) * bands)
      const pulses = input.pulses?.(from, to)
      const output = await network.evaluate(melWindow, yWindow, level, pulses)
      if (signals.length(output) !== to - from)
        throw invalidOutput(`${signals.length(output)} samples instead of ${to - from}`)
      tellProgress({ evaluations: 1 })
      const noise = noiseFrom(signals, prediction, output, yWindow, level)
      if (pulses) signals.release(pulses)
      if (noise !== output) signals.release(output)
      return noise
    },
  }
  const shaping = { betweenPasses: pause, ...(input.voicing && { voicing: input.voicing }) }
  return { input, reverse, shaping, tellProgress }
}
