/**
 * A mel to a waveform of any length. y_n is kept whole as plain numbers; for each step the network sees one window after
 * the other (chunk-plan.ts), each with a halo of y_n, so that its memory is constant and the result equals a pass over
 * the whole.
 */

import { letMessagesIn, throwIfCancelled } from '../../base/cancellation.ts'
import { ProblemError } from '../../base/problem.ts'
import { gaussianNoise } from '../../base/random.ts'
import { noiseFrom, type Prediction } from '../../diffusion/prediction.ts'
import { sample } from '../../diffusion/sampler.ts'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import type { BackendName, ControlRequest, SynthesisProgress, SynthesisRequest } from '../vocoder-engine.ts'
import { planChunks } from './chunk-plan.ts'
import { type PitchOptions, readPitch, type WindowPitch } from './read-pitch.ts'

/** A network that is evaluated one window at a time. */
export type WindowNetwork = {
  readonly bands: number
  readonly hopSamples: number
  readonly haloFrames: number
  readonly prediction: Prediction
  /** y_0 of the process [frames * hop] -> waveform [frames * hop], in [-1, 1]. What `betweenPasses` rejects with ends it. */
  waveform(
    process: Float32Array,
    mel: MelSpectrogram,
    betweenPasses: () => Promise<void>,
  ): Promise<Float32Array<ArrayBuffer>>
  /**
   * mel [frames * bands], y_n [frames * hop], sqrt(alpha-bar_n) -> what `prediction` says, [frames * hop]. A network with a
   * `pitch` is given the pulses of the same frames, [frames * hop].
   */
  evaluate(
    mel: Float32Array,
    y: Float32Array,
    noiseLevel: number,
    pulses?: Float32Array,
  ): Promise<Float32Array>
  /** Present if the network is given its pitch, which is read off the mel once, before the process. */
  readonly pitch?: WindowPitch
}

/** WebGPU buffers are pooled by exact size and never freed, so that sizes must be few. */
export const windowMultiples = { webgpu: 64, wasm: 1, cpu: 1 } satisfies Record<BackendName, number>

/** Estimates are whole waveforms, held until the end: thirteen of a minute are 69 MB. */
export const maxStepsWithEstimates = 12

/** What one waveform costs beside a step on the same frames, for the progress: the passes of the prior against the network. */
const waveformCost = 0.3

export type SynthesisOptions = {
  /** As in `ChunkLimits`. */
  readonly chunkFrames: number
  readonly windowMultiple: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: SynthesisProgress) => void
  /**
   * Where it is given, it gets the waveforms of `SynthesisResult.estimates` one by one, but for the last, which is the
   * result; whoever gives it owns them.
   */
  readonly onEstimate?: (waveform: Float32Array<ArrayBuffer>) => void
}

/**
 * The waveform, [frames * hop], in [-1, 1]. Rejects with `mel-mismatch`, `mel-not-finite`, `seed-invalid`,
 * `estimates-too-many` or what `noiseSchedule` refuses; with `output-invalid` rather than with samples that cannot be right;
 * with AbortError one window after `signal` was aborted.
 */
export async function synthesize(
  network: WindowNetwork,
  { mel, betas, seed }: Pick<SynthesisRequest, 'mel' | 'betas' | 'seed'>,
  { signal, onProgress, onEstimate, ...limits }: SynthesisOptions,
): Promise<Float32Array<ArrayBuffer>> {
  checkMel(network, mel)
  checkSeed(seed)
  if (onEstimate) checkSteps(betas.length)
  const schedule = noiseSchedule(betas)
  const { hopSamples, bands, haloFrames, prediction } = network
  const { windowFrames, chunks } = planChunks(mel.frames, { ...limits, haloFrames })
  const samples = mel.frames * hopSamples
  const steps = betas.length
  const noise = new Float32Array(samples)
  let evaluations = 0
  let waveforms = 0
  const waveformWork = waveformCost * chunks.length
  const work = steps * (chunks.length + (onEstimate ? waveformWork : 0))
  const tellProgress = () =>
    onProgress?.({
      step: Math.floor(evaluations / chunks.length),
      steps,
      fraction: Math.min(1, (evaluations + waveforms * waveformWork) / work),
    })
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }

  const waveformOf = async (process: Float32Array) => {
    await pause()
    const waveform = await network.waveform(process, mel, pause)
    checkWaveform(waveform, mel)
    return waveform
  }
  const estimate = async (process: Float32Array) => {
    onEstimate?.(await waveformOf(process))
    waveforms++
    tellProgress()
  }

  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  // Streams are numbered by the step that they begin: y_N has N, the z of step n has n - 1.
  const start = gaussianNoise(seed, steps, 0, samples)
  if (onEstimate) await estimate(input.withNoise(start))
  const y = await sample({
    schedule,
    start,
    freshNoise: (n) => gaussianNoise(seed, n - 1, 0, samples),
    async predictNoise(y, level) {
      for (const { windowStart, start, end } of chunks) {
        await pause()
        const windowEnd = windowStart + windowFrames
        const yWindow = y.subarray(windowStart * hopSamples, windowEnd * hopSamples)
        const melWindow = mel.values.subarray(windowStart * bands, windowEnd * bands)
        const pulsesWindow = input.pulses?.subarray(windowStart * hopSamples, windowEnd * hopSamples)
        const output = await network.evaluate(melWindow, yWindow, level, pulsesWindow)
        if (output.length !== yWindow.length)
          throw invalidOutput(`${output.length} samples of ${yWindow.length}`)
        const kept = noiseFrom(prediction, output, yWindow, level).subarray(
          (start - windowStart) * hopSamples,
          (end - windowStart) * hopSamples,
        )
        noise.set(kept, start * hopSamples)
        evaluations++
        tellProgress()
      }
      return noise
    },
    onEstimate: onEstimate && estimate,
  })
  return waveformOf(y)
}

/** What a network is given besides the mel: the pulses, if it has a pitch, and noise with the pulses in it. */
type NetworkInput = {
  readonly pulses?: Float32Array
  withNoise(noise: Float32Array): Float32Array
}

/** Reads the pitch once for the whole utterance, so that the phase of its pulses does not depend on how it is cut. */
async function readInput(
  { pitch }: WindowNetwork,
  mel: MelSpectrogram,
  options: PitchOptions,
): Promise<NetworkInput> {
  if (!pitch) return { withNoise: (noise) => noise }
  const track = await readPitch(pitch, mel, options)
  const pulses = pitch.pulses(track)
  return { pulses, withNoise: (noise) => pitch.mixed(noise, { ...track, pulses }) }
}

/** The stream of the noise that a process of one step starts from: without steps it is the one that depends on none. */
const controlStream = 1

/**
 * The control: what goes into the network, through the prior, without any evaluation; [frames * hop], in [-1, 1]. It depends
 * on the seed, not on a schedule. Rejects as `synthesize` does.
 */
export async function synthesizeWithoutNetwork(
  network: WindowNetwork,
  { mel, seed }: Pick<ControlRequest, 'mel' | 'seed'>,
  { signal, onProgress, ...limits }: Omit<SynthesisOptions, 'onEstimate'>,
): Promise<Float32Array<ArrayBuffer>> {
  checkMel(network, mel)
  checkSeed(seed)
  const pause = async () => {
    await letMessagesIn()
    throwIfCancelled(signal)
  }
  await pause()
  const noise = gaussianNoise(seed, controlStream, 0, mel.frames * network.hopSamples)
  const input = await readInput(network, mel, { ...limits, betweenWindows: pause })
  const waveform = await network.waveform(input.withNoise(noise), mel, pause)
  checkWaveform(waveform, mel)
  onProgress?.({ step: 0, steps: 0, fraction: 1 })
  return waveform
}

function checkSteps(steps: number): void {
  if (steps <= maxStepsWithEstimates) return
  throw new ProblemError({
    code: 'estimates-too-many',
    message: 'Every step of so long a reverse process cannot be kept.',
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
      message: 'The mel spectrogram does not have the shape that the model takes.',
      found: `${mel.values.length} values as ${mel.frames} frames of ${mel.bands} bands`,
      accepted: `at least one frame, ${bands} bands`,
      remedy: 'Choose a model for this kind of mel, or convert the mel.',
    })
  }
  const wrong = mel.values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new ProblemError({
      code: 'mel-not-finite',
      message: 'The mel spectrogram holds a value that is not a number.',
      found: `${mel.values[wrong]} in frame ${Math.floor(wrong / bands)}, band ${wrong % bands}`,
      accepted: 'finite values',
      remedy: 'Look at where the file comes from: NaN and infinity usually come from a logarithm of zero.',
    })
  }
}

function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new ProblemError({
      code: 'seed-invalid',
      message: 'The seed is not one that can be used.',
      found: String(seed),
      accepted: 'a whole number from 0 to 4,294,967,295',
      remedy: 'Choose another seed.',
    })
  }
}

function checkWaveform(waveform: Float32Array, mel: MelSpectrogram): void {
  const wrong = waveform.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) throw invalidOutput(`${waveform[wrong]} at sample ${wrong}`)
  if (mel.values.some((value) => value !== 0) && waveform.every((value) => value === 0))
    throw invalidOutput('silence for a mel that is none')
}

function invalidOutput(found: string): ProblemError {
  return new ProblemError({
    code: 'output-invalid',
    message: 'What the model computed cannot be right, so it is not shown.',
    found,
    accepted: 'finite samples, as many as the mel has',
    remedy: 'Try other betas; if it happens again, add "backend=wasm" to the address.',
  })
}
