/** A sine of full scale. */
import type { Audio } from '../analysis.ts'

export function sine(hz: number, sampleRateHz: number, seconds: number): Audio {
  const samples = Float32Array.from({ length: seconds * sampleRateHz }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  )
  return { samples, sampleRateHz }
}
