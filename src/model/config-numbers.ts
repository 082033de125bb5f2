/** Schemas of the numbers in config.json. */
import * as v from 'valibot'

export const whole = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1 << 20))
export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
export const odd = v.pipe(
  whole,
  v.check((value) => value % 2 === 1, 'Expected an odd number'),
)
