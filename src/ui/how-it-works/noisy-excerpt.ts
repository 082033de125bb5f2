/** Adds noise to a short excerpt of a clip, as the forward process does. */
import { gaussianNoise } from '../../base/random.ts'

export type NoisyExcerpt = {
  readonly startSeconds: number
  /** Scaled to a root mean square of 1, which is that of the noise. */
  readonly clean: Float32Array
  readonly noise: Float32Array
}

const noiseSeed = 1
const noiseStream = 0

/** Returns the loudest `seconds` of `samples`, or all of them if they are shorter. Silence stays silent. */
export function loudestExcerpt(
  { samples, sampleRateHz }: { readonly samples: Float32Array; readonly sampleRateHz: number },
  seconds: number,
): NoisyExcerpt {
  const length = Math.min(samples.length, Math.max(1, Math.round(seconds * sampleRateHz)))
  const stride = Math.max(1, length >> 2)
  let start = 0
  let loudest = -1
  for (let at = 0; at + length <= samples.length; at += stride) {
    const energy = energyOf(samples.subarray(at, at + length))
    if (energy > loudest) {
      loudest = energy
      start = at
    }
  }
  const excerpt = samples.slice(start, start + length)
  const rms = Math.sqrt(Math.max(0, loudest) / length)
  if (rms > 0) for (let index = 0; index < length; index++) excerpt[index] /= rms
  return {
    startSeconds: start / sampleRateHz,
    clean: excerpt,
    noise: gaussianNoise(noiseSeed, noiseStream, 0, length),
  }
}

function energyOf(samples: Float32Array): number {
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return energy
}

/** Returns y = level x + sqrt(1 - level^2) eps. @param level sqrt(alpha-bar), 0 .. 1 */
export function withNoise({ clean, noise }: NoisyExcerpt, level: number): Float32Array {
  const rest = Math.sqrt(1 - level * level)
  return clean.map((sample, index) => level * sample + rest * noise[index])
}
