/**
 * Mels that are not speech but have its range: bands that rise and fall at different rates, in the shipped convention.
 */
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'

export function wavyMel(frames: number, bands = 80): MelSpectrogram {
  const values = Float32Array.from({ length: frames * bands }, (_, index) => {
    const frame = Math.floor(index / bands)
    const band = index % bands
    return -5 - band / 40 + 2 * Math.sin(frame / 9 + band / 7) + Math.sin(frame * (0.11 + band / 900))
  })
  return { frames, bands, values }
}
