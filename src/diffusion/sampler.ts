/**
 * The reverse process (WaveGrad, algorithm 2; Ho et al. 2020, eq. 11): from y_N ~ N(0, I), for n = N..1
 *
 *   y_{n-1} = (y_n - (1 - alpha_n) / sqrt(1 - alpha-bar_n) * eps(y_n, level_n)) / sqrt(alpha_n) + sigma_n z,
 *   sigma_n^2 = (1 - alpha-bar_{n-1}) / (1 - alpha-bar_n) * beta_n, and sigma_1 = 0.
 *
 * The network is a parameter: a caller that evaluates one in chunks does so within `predictNoise`.
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

export type SamplerInput = {
  readonly schedule: NoiseSchedule
  /** y_N, standard normal; not changed. */
  readonly start: Float32Array
  /** Returns the noise in y_n, of the same length; `level` is sqrt(alpha-bar_n). It must not keep or change `y`. */
  readonly predictNoise: (y: Float32Array<ArrayBuffer>, level: number, n: number) => Promise<Float32Array>
  /** z of step n, N..2, standard normal. */
  readonly freshNoise: (n: number) => Float32Array
  readonly signal?: AbortSignal
  /** Called after each step with the number of completed steps. */
  readonly onStep?: (done: number) => void
  /**
   * Called and awaited at each step n = N..2 with the network's estimate of the clean signal, in a new array:
   * (y_n - sqrt(1 - alpha-bar_n) eps) / sqrt(alpha-bar_n). The estimate of step 1 is y_0. Free of cost if absent.
   */
  readonly onEstimate?: (estimate: Float32Array<ArrayBuffer>, n: number) => Promise<void>
}

/** Returns y_0, not clipped. Once `signal` is aborted, rejects with its reason after the current step. */
export async function sample(input: SamplerInput): Promise<Float32Array<ArrayBuffer>> {
  const { schedule, predictNoise, freshNoise, signal, onStep, onEstimate } = input
  const steps = schedule.betas.length
  const y = Float32Array.from(input.start)
  for (let n = steps; n >= 1; n--) {
    signal?.throwIfAborted()
    const noise = await predictNoise(y, schedule.levels[n - 1], n)
    signal?.throwIfAborted()
    if (n > 1 && onEstimate) {
      await onEstimate(cleanEstimate(y, noise, schedule.levels[n - 1]), n)
      signal?.throwIfAborted()
    }
    const factors = stepScales(schedule, n)
    const fresh = n > 1 ? freshNoise(n) : undefined
    for (let t = 0; t < y.length; t++)
      y[t] = factors.yScale * y[t] + factors.epsilonScale * noise[t] + (fresh ? factors.zScale * fresh[t] : 0)
    onStep?.(steps - n + 1)
  }
  return y
}

/** The clean signal in y_n, given its `noise`; `level` is sqrt(alpha-bar_n). */
function cleanEstimate(y: Float32Array, noise: Float32Array, level: number): Float32Array<ArrayBuffer> {
  const noiseLevel = Math.sqrt(1 - level * level)
  return Float32Array.from(y, (value, t) => (value - noiseLevel * noise[t]) / level)
}
