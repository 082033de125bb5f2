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
import type { SignalPiece, Signals } from './signals.ts'

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

/** A part of the reverse process: samples start .. end, whose noise is predicted from samples from .. to of y_n. */
export type ProcessPart = {
  readonly from: number
  readonly start: number
  readonly end: number
  readonly to: number
}

export type SamplerInput<Signal> = {
  readonly signals: Signals<Signal>
  readonly schedule: NoiseSchedule
  /** Number of samples of the signal. */
  readonly samples: number
  /**
   * Returns `length` samples of y_N, beginning with sample `first`; standard normal. Every sample is asked for once, in
   * order, when an evaluation first needs it.
   */
  readonly initialNoise: (first: number, length: number) => Signal
  /** Parts in their order, without gaps; one part, the whole, by default. */
  readonly parts?: readonly ProcessPart[]
  /**
   * Returns the noise in `y`, of the same length: samples from .. to of y_n. `level` is sqrt(alpha-bar_n). It must not
   * keep or change `y`; the process owns the result.
   */
  readonly predictNoise: (y: Signal, level: number, n: number, part: ProcessPart) => Promise<Signal>
  /** `length` samples of z of step n, N..2, beginning with sample `first`; standard normal. */
  readonly freshNoise: (n: number, first: number, length: number) => Signal
  readonly signal?: AbortSignal
  /** Called after each step with the number of completed steps. */
  readonly onStep?: (done: number) => void
  /**
   * Called and awaited at each step n = N..2 with the network's estimate of the clean signal, which the callee owns:
   * (y_n - sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n). The estimate of step 1 is y_0. It costs nothing if absent.
   */
  readonly onEstimate?: (estimate: Signal, n: number) => Promise<void>
}

/** Returns y_0, not clipped. Once `signal` is aborted, rejects with its reason after the current evaluation. */
export async function sample<Signal>(input: SamplerInput<Signal>): Promise<Signal> {
  const process = new ReverseProcess(input)
  for (let n = input.schedule.betas.length; n >= 1; n--)
    while (!process.isComplete(n)) await process.advance(n)
  return process.result(0, input.samples)
}

/**
 * Completes parts as early as possible instead of step by step, and keeps only what later evaluations need, so that
 * memory does not grow with the signal. Calls and awaits `onPart` whenever another part of y_0 is complete, with a
 * function that returns samples of it, up to sample `end`. That function forgets y_0 before the `first` that it was last
 * asked for. Rejects as `sample` does.
 */
export async function sampleInParts<Signal>(
  input: Omit<SamplerInput<Signal>, 'onEstimate'>,
  onPart: (y: (first: number, end: number) => Signal, end: number) => Promise<void>,
): Promise<void> {
  const process = new ReverseProcess(input)
  while (!process.isComplete(1)) {
    let n = 1
    while (!process.isReady(n)) n++
    await process.advance(n)
    if (n === 1) await onPart((first, end) => process.take(first, end), process.doneSamples(1))
  }
}

/** The state of every step: what the following evaluations still need of its y_n. */
class ReverseProcess<Signal> {
  readonly #input: SamplerInput<Signal>
  readonly #parts: readonly ProcessPart[]
  /** The number of completed parts of each step. */
  readonly #done: Int32Array
  /** y_n for each n from 0 to N, as far as it is complete, without the samples that no evaluation reads any more. */
  readonly #pieces: SignalPiece<Signal>[][]
  readonly #estimate: SignalPiece<Signal>[] = []
  /** The number of samples of y_N that have been drawn. */
  #drawnSamples = 0

  constructor(input: SamplerInput<Signal>) {
    const { samples, schedule, parts } = input
    this.#input = input
    this.#parts = parts ?? [{ from: 0, start: 0, end: samples, to: samples }]
    this.#done = new Int32Array(schedule.betas.length + 1)
    this.#pieces = Array.from({ length: schedule.betas.length + 1 }, () => [])
  }

  isComplete(n: number): boolean {
    return this.#done[n] === this.#parts.length
  }

  /** The number of samples of y_{n-1} that are complete. */
  doneSamples(n: number): number {
    return this.#done[n] === 0 ? 0 : this.#parts[this.#done[n] - 1].end
  }

  /** Samples first .. end of y_0, which must be complete. */
  result(first: number, end: number): Signal {
    return this.#input.signals.cut(this.#pieces[0], first, end)
  }

  /** `result`, after which samples before `first` are gone. */
  take(first: number, end: number): Signal {
    const samples = this.result(first, end)
    this.#forget(0, first)
    return samples
  }

  /** Whether y_n is complete as far as the next part of step n reads it. */
  isReady(n: number): boolean {
    if (this.isComplete(n)) return false
    return n === this.#input.schedule.betas.length || this.doneSamples(n + 1) >= this.#parts[this.#done[n]].to
  }

  /** Evaluates the next part of step n, which must be ready. */
  async advance(n: number): Promise<void> {
    const { signals, schedule, predictNoise, freshNoise, signal, onStep, onEstimate } = this.#input
    const part = this.#parts[this.#done[n]]
    const { from, start, end, to } = part
    const level = schedule.levels[n - 1]
    signal?.throwIfAborted()
    if (n === schedule.betas.length) this.#drawUpTo(to)
    const window = signals.cut(this.#pieces[n], from, to)
    const predicted = await predictNoise(window, level, n, part)
    signal?.throwIfAborted()
    const y = signals.cut([{ start: from, signal: window }], start, end)
    const noise = signals.cut([{ start: from, signal: predicted }], start, end)
    if (onEstimate && n > 1) {
      // This is the clean signal in y_n, given its noise.
      const noiseFactor = -Math.sqrt(1 - level * level) / level
      const estimate = signals.sum([
        [1 / level, y],
        [noiseFactor, noise],
      ])
      this.#estimate.push({ start, signal: estimate })
    }
    const { yScale, epsilonScale, zScale } = stepScales(schedule, n)
    const fresh = n > 1 ? [freshNoise(n, start, end - start)] : []
    const next = signals.sum([[yScale, y], [epsilonScale, noise], ...fresh.map((z) => [zScale, z] as const)])
    this.#pieces[n - 1].push({ start, signal: next })
    for (const used of [window, predicted, y, noise, ...fresh]) signals.release(used)
    this.#done[n]++
    this.#forget(n, this.isComplete(n) ? end : this.#parts[this.#done[n]].from)
    if (!this.isComplete(n)) return
    if (onEstimate && n > 1) {
      const pieces = this.#estimate.splice(0)
      await onEstimate(signals.cut(pieces, 0, end), n)
      for (const piece of pieces) signals.release(piece.signal)
      signal?.throwIfAborted()
    }
    onStep?.(schedule.betas.length - n + 1)
  }

  /** Draws y_N up to sample `end`, unless it has been drawn. */
  #drawUpTo(end: number): void {
    const { schedule, initialNoise } = this.#input
    const start = this.#drawnSamples
    if (end <= start) return
    this.#pieces[schedule.betas.length].push({ start, signal: initialNoise(start, end - start) })
    this.#drawnSamples = end
  }

  /** Drops the pieces of y_n that end before sample `first`, which nothing reads any more. */
  #forget(n: number, first: number): void {
    const { signals } = this.#input
    const pieces = this.#pieces[n]
    while (pieces.length > 0 && pieces[0].start + signals.length(pieces[0].signal) <= first) {
      const [{ signal }] = pieces.splice(0, 1)
      signals.release(signal)
    }
  }
}
