/**
 * The reverse process (WaveGrad, algorithm 2; Ho et al. 2020, eq. 11): from y_N ~ N(0, I), for n = N..1
 *
 *   y_{n-1} = (y_n - (1 - alpha_n) / sqrt(1 - alpha-bar_n) * eps(y_n, level_n)) / sqrt(alpha_n) + sigma_n z,
 *   sigma_n^2 = (1 - alpha-bar_{n-1}) / (1 - alpha-bar_n) * beta_n, and sigma_1 = 0.
 *
 * The network is a parameter. It may be evaluated part by part: each part of y_{n-1} depends on a somewhat longer part of
 * y_n alone, so that the first part of y_0 can be complete while later parts have not begun.
 */
import type { NoiseSchedule } from './schedule.ts'

/** Factors of y_n, the predicted noise and the fresh noise; the weighted sum is y_{n-1}. */
export type StepScales = { readonly yScale: number; readonly epsilonScale: number; readonly zScale: number }

/** The factors of step `n`, 1..N. `zScale` is 0 for step 1. */
export function stepScales({ betas, alphas, alphaBars }: NoiseSchedule, n: number): StepScales {
  const [beta, alpha, alphaBar] = [betas[n - 1], alphas[n - 1], alphaBars[n - 1]]
  const previousAlphaBar = n > 1 ? alphaBars[n - 2] : 1
  return {
    yScale: 1 / Math.sqrt(alpha),
    epsilonScale: -beta / Math.sqrt(1 - alphaBar) / Math.sqrt(alpha),
    zScale: Math.sqrt(((1 - previousAlphaBar) / (1 - alphaBar)) * beta),
  }
}

/** A part of the signal: samples start .. end, whose noise is predicted from samples from .. to of y_n. */
export type SignalPart = {
  readonly from: number
  readonly start: number
  readonly end: number
  readonly to: number
}

export type SamplerInput = {
  readonly schedule: NoiseSchedule
  /** y_N, standard normal; not changed. */
  readonly start: Float32Array
  /** In order, without gaps; by default one part, the whole. */
  readonly parts?: readonly SignalPart[]
  /**
   * Returns the noise in `y`, of the same length: samples from .. to of y_n. `level` is sqrt(alpha-bar_n). It must not
   * keep or change `y`.
   */
  readonly predictNoise: (
    y: Float32Array<ArrayBuffer>,
    level: number,
    n: number,
    part: SignalPart,
  ) => Promise<Float32Array>
  /** `length` samples of z of step n, N..2, beginning with sample `first`; standard normal. */
  readonly freshNoise: (n: number, first: number, length: number) => Float32Array
  readonly signal?: AbortSignal
  /** Called after each step with the number of completed steps. */
  readonly onStep?: (done: number) => void
  /**
   * Called and awaited at each step n = N..2 with the network's estimate of the clean signal, in a new array: (y_n -
   * sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n). The estimate of step 1 is y_0. It costs nothing if absent.
   */
  readonly onEstimate?: (estimate: Float32Array<ArrayBuffer>, n: number) => Promise<void>
  /**
   * If present, parts are completed as early as possible instead of step by step. Called and awaited with y_0 whenever
   * another part of it is complete: samples 0 .. `end`. It must not keep or change y_0. It cannot be combined with
   * `onEstimate`.
   */
  readonly onPart?: (y: Float32Array<ArrayBuffer>, end: number) => Promise<void>
}

/** Returns y_0, not clipped. Once `signal` is aborted, rejects with its reason after the current evaluation. */
export async function sample(input: SamplerInput): Promise<Float32Array<ArrayBuffer>> {
  const { schedule, onPart } = input
  const process = new ReverseProcess(input)
  const steps = schedule.betas.length
  if (!onPart) {
    for (let n = steps; n >= 1; n--) while (!process.isComplete(n)) await process.advance(n)
    return process.y
  }
  while (!process.isComplete(1)) {
    let n = 1
    while (!process.isReady(n)) n++
    await process.advance(n)
    if (n === 1) await onPart(process.y, process.doneSamples(1))
  }
  return process.y
}

/**
 * The state of every step. `y` holds, at each sample, the latest y_n that is complete there; what a step still needs of
 * its own y_n, before its next part, is kept apart.
 */
class ReverseProcess {
  readonly y: Float32Array<ArrayBuffer>
  readonly #input: SamplerInput
  readonly #parts: readonly SignalPart[]
  /** By step: the number of completed parts. */
  readonly #done: Int32Array
  /** By step: y_n from `from` to `start` of the step's next part, where `y` is ahead of it. */
  readonly #kept = new Map<number, Float32Array<ArrayBuffer>>()
  #estimate: Float32Array<ArrayBuffer> | undefined

  constructor(input: SamplerInput) {
    this.#input = input
    this.y = Float32Array.from(input.start)
    const { length } = this.y
    this.#parts = input.parts ?? [{ from: 0, start: 0, end: length, to: length }]
    this.#done = new Int32Array(input.schedule.betas.length + 1)
  }

  isComplete(n: number): boolean {
    return this.#done[n] === this.#parts.length
  }

  /** The number of samples of y_{n-1} that are complete. */
  doneSamples(n: number): number {
    return this.#done[n] === 0 ? 0 : this.#parts[this.#done[n] - 1].end
  }

  /** Whether y_n is complete as far as the next part of step n reads it. */
  isReady(n: number): boolean {
    if (this.isComplete(n)) return false
    return n === this.#input.schedule.betas.length || this.doneSamples(n + 1) >= this.#parts[this.#done[n]].to
  }

  /** Evaluates the next part of step n, which must be ready. */
  async advance(n: number): Promise<void> {
    const { schedule, predictNoise, freshNoise, signal, onStep, onEstimate } = this.#input
    const part = this.#parts[this.#done[n]]
    const next: SignalPart | undefined = this.#parts[this.#done[n] + 1]
    const { from, start, end } = part
    const level = schedule.levels[n - 1]
    signal?.throwIfAborted()
    const y = this.#window(n, part)
    const noise = await predictNoise(y, level, n, part)
    signal?.throwIfAborted()
    if (onEstimate && n > 1) this.#estimatePart(y, noise, level, part)
    if (next && next.from < end) this.#kept.set(n, y.slice(next.from - from, end - from))
    else this.#kept.delete(n)
    const { yScale, epsilonScale, zScale } = stepScales(schedule, n)
    const fresh = n > 1 ? freshNoise(n, start, end - start) : undefined
    for (let t = start; t < end; t++)
      this.y[t] =
        yScale * this.y[t] + epsilonScale * noise[t - from] + (fresh ? zScale * fresh[t - start] : 0)
    this.#done[n]++
    if (next) return
    if (this.#estimate) {
      const estimate = this.#estimate
      this.#estimate = undefined
      await onEstimate?.(estimate, n)
      signal?.throwIfAborted()
    }
    onStep?.(schedule.betas.length - n + 1)
  }

  /** y_n as the part reads it: a view, or a copy if a piece of it is kept apart. */
  #window(n: number, { from, start, to }: SignalPart): Float32Array<ArrayBuffer> {
    const kept = this.#kept.get(n)
    if (!kept) return this.y.subarray(from, to)
    const window = new Float32Array(to - from)
    window.set(kept)
    window.set(this.y.subarray(start, to), start - from)
    return window
  }

  /** Writes the clean signal in y_n, given its noise, to the estimate of the step. */
  #estimatePart(y: Float32Array, noise: Float32Array, level: number, { from, start, end }: SignalPart): void {
    this.#estimate ??= new Float32Array(this.y.length)
    const noiseLevel = Math.sqrt(1 - level * level)
    for (let t = start; t < end; t++) this.#estimate[t] = (y[t - from] - noiseLevel * noise[t - from]) / level
  }
}
