/** Means of scores, with confidence intervals. */
import type { Interval } from './binomial.ts'
import { bisect, regularisedBeta } from './special-functions.ts'

/** Distribution function of Student's t at `t` >= 0 with `degrees` degrees of freedom (> 0). */
function upperHalf(t: number, degrees: number): number {
  return 1 - 0.5 * regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** The quantile of Student's t at `probability` (0.5 to below 1). */
export function studentQuantile(probability: number, degrees: number): number {
  let high = 1
  while (upperHalf(high, degrees) < probability) high *= 2
  return bisect((t) => upperHalf(t, degrees), probability, 0, high)
}

/** Arithmetic mean of at least one value. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Interval of the mean, assuming independent normal values; null for fewer than two. */
export function meanInterval(values: readonly number[], confidence = 0.95): Interval | null {
  if (values.length < 2) return null
  const mean = meanOf(values)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  const reach = studentQuantile((1 + confidence) / 2, values.length - 1) * error
  return { low: mean - reach, high: mean + reach }
}
