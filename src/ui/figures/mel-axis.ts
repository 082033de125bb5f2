/** Frequencies along a picture of a mel spectrogram, in which every band is equally tall. */
import { hzToMel, melEdgesHz } from '../../dsp/mel.ts'
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import type { FrequencyTick } from './SpectrogramView.tsx'
import { formatHz, octaveTicks } from './ticks.ts'

/** Where the triangle of each band peaks. */
export function bandCentresHz(convention: MelConvention): readonly number[] {
  return melEdgesHz(convention).slice(1, -1)
}

/** Octaves at their height in the picture: the middle of band b is at (b + 1/2) / bands. */
export function melTicks({ lowHz, highHz, bands, scale }: MelConvention): readonly FrequencyTick[] {
  const low = hzToMel(lowHz, scale)
  const high = hzToMel(highHz, scale)
  return octaveTicks(Math.max(lowHz, 500), highHz).map((hz) => {
    const band = ((hzToMel(hz, scale) - low) / (high - low)) * (bands + 1) - 1
    return { position: Math.min(1, Math.max(0, (band + 0.5) / bands)), label: formatHz(hz) }
  })
}
