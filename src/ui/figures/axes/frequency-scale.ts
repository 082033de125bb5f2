/**
 * Maps frequencies to heights in a picture of levels. Heights go from 0 (bottom) to 1 (top). Bins may be fractional,
 * and b is the centre of bin b. A picture of spectral bins uses the axis that the page has chosen; a picture of mel
 * bands has its own axis, on which all bands are equally tall.
 */
import { hzToMel, melToHz } from '../../../dsp/mel/mel-scale.ts'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import type { FrequencyAxis } from '../../../store/takes/view-state.ts'
import { formatHz, octaveTicks, roundTicks } from './ticks.ts'

/** The bins of a picture: evenly spaced from 0 Hz to `highHz`, or the bands of a mel spectrogram. */
export type PictureScale =
  | { readonly kind: 'bins'; readonly highHz: number }
  | { readonly kind: 'mel'; readonly convention: MelConvention }

export type FrequencyTick = { readonly position: number; readonly label: string }

export type FrequencyScale = {
  /** Whether all bins are equally tall, so that each row of pixels is one bin. */
  readonly isEven: boolean
  readonly binAt: (height: number) => number
  readonly hzAt: (height: number) => number
  readonly hzOf: (bin: number) => number
  readonly binOf: (hz: number) => number
  readonly heightOf: (hz: number) => number
  readonly ticks: readonly FrequencyTick[]
}

/** Lower end of the logarithmic axis, which cannot show zero. Nothing of interest lies below the lowest voices. */
const minLogHz = 60

const clamp01 = (value: number) => Math.min(1, Math.max(0, value))

/** @param bins at least 2, unless there is nothing to show. */
export function frequencyScale(scale: PictureScale, bins: number, axis: FrequencyAxis): FrequencyScale {
  if (scale.kind === 'mel') return bandScale(scale.convention)
  const { highHz } = scale
  const binOf = (hz: number) => (hz / highHz) * (bins - 1)
  const hzOf = (bin: number) => (bin * highHz) / (bins - 1)
  if (axis === 'linear') {
    const heightOf = (hz: number) => clamp01((binOf(hz) + 0.5) / bins)
    const binAt = (height: number) => height * bins - 0.5
    const hzAt = (height: number) => Math.min(highHz, Math.max(0, hzOf(binAt(height))))
    const ticks = ticksAt(roundTicks(0, highHz, 6).slice(1), heightOf)
    return { isEven: true, binOf, hzOf, heightOf, binAt, hzAt, ticks }
  }
  const lowHz = axis === 'log' ? Math.min(minLogHz, highHz / 2) : 0
  const bend = axis === 'log' ? Math.log : (hz: number) => hzToMel(hz, 'slaney')
  const unbend = axis === 'log' ? Math.exp : (mel: number) => melToHz(mel, 'slaney')
  const low = bend(lowHz)
  const high = bend(highHz)
  const heightOf = (hz: number) => clamp01((bend(Math.max(lowHz, hz)) - low) / (high - low))
  const hzAt = (height: number) => unbend(low + (high - low) * clamp01(height))
  const ticks = ticksAt(octaveTicks(axis === 'log' ? 125 : 500, highHz), heightOf)
  return { isEven: false, binOf, hzOf, heightOf, hzAt, binAt: (height) => binOf(hzAt(height)), ticks }
}

/** The middle of band b is at (b + 1/2) / bands, where its triangle peaks. */
function bandScale({ lowHz, highHz, bands, scale }: MelConvention): FrequencyScale {
  const low = hzToMel(lowHz, scale)
  const high = hzToMel(highHz, scale)
  const binOf = (hz: number) => ((hzToMel(hz, scale) - low) / (high - low)) * (bands + 1) - 1
  const hzOf = (bin: number) => melToHz(low + ((bin + 1) / (bands + 1)) * (high - low), scale)
  const heightOf = (hz: number) => clamp01((binOf(hz) + 0.5) / bands)
  const binAt = (height: number) => height * bands - 0.5
  const ticks = ticksAt(octaveTicks(Math.max(lowHz, 500), highHz), heightOf)
  return { isEven: true, binOf, hzOf, heightOf, binAt, hzAt: (height) => hzOf(binAt(height)), ticks }
}

function ticksAt(listHz: readonly number[], heightOf: (hz: number) => number): readonly FrequencyTick[] {
  return listHz.map((hz) => ({ position: heightOf(hz), label: formatHz(hz) }))
}
