/** Audio and files for the contract of the analysis. */
import { speechLike } from '../../io/testing/speech-like.ts'
import type { Audio, SourceFile } from '../analysis.ts'

export const recording: Audio = { samples: speechLike(22_050), sampleRateHz: 22_050 }

export const text = (characters: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(characters)

export const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>): SourceFile => ({
  name,
  blob: new Blob([bytes]),
})

/** A sine of full scale. */
export function sine(hz: number, sampleRateHz: number, seconds: number): Audio {
  const samples = Float32Array.from({ length: seconds * sampleRateHz }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  )
  return { samples, sampleRateHz }
}
