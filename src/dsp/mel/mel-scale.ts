/** The two mel scales of librosa: that of Slaney's Auditory Toolbox, and that of HTK. */
import type { MelConvention } from './mel-spectrogram.ts'

const slaneyHzPerMel = 200 / 3
const slaneyBreakMel = 15
const slaneyLogStep = Math.log(6.4) / 27

export function hzToMel(hz: number, scale: MelConvention['scale']): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700)
  return hz < 1000 ? hz / slaneyHzPerMel : slaneyBreakMel + Math.log(hz / 1000) / slaneyLogStep
}

export function melToHz(mel: number, scale: MelConvention['scale']): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1)
  return mel < slaneyBreakMel ? mel * slaneyHzPerMel : 1000 * Math.exp((mel - slaneyBreakMel) * slaneyLogStep)
}

/** Edges of the bands in Hz, `bands` + 2 of them: band b rises from edge b to b + 1 and falls to edge b + 2. */
export function melEdgesHz({ bands, lowHz, highHz, scale }: MelConvention): number[] {
  const low = hzToMel(lowHz, scale)
  const high = hzToMel(highHz, scale)
  return Array.from({ length: bands + 2 }, (_, edge) =>
    melToHz(low + ((high - low) * edge) / (bands + 1), scale),
  )
}
