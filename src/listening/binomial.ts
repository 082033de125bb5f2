/** Exact statements about right and wrong answers: tails and intervals of the binomial distribution. */

export type Interval = { readonly low: number; readonly high: number }
