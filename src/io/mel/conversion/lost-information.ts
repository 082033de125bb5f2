/** Says in sentences for the page what a mel of another analysis lacks for the target's. */
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import { isShort, windowSeconds } from './short-window.ts'

/** The range is extended upwards by a ninth at most, which is not missed. */
const minCoveredRange = 0.89
/** Below this there is no voice; a range that begins a little above the target's lacks nothing. */
const inaudibleHz = 40

/** Fewer values at the lowest level may be digital silence. */
const minCutShare = 0.02
/** A floor that is higher than the target's by less is not heard. */
const minCutNepers = 0.7

/** Names the values of a mel of ln magnitudes that were cut off at a level above the target's floor. */
export function cutOffText({ values }: MelSpectrogram, target: MelConvention): readonly string[] {
  const lowest = values.reduce((low, value) => (Number.isFinite(value) ? Math.min(low, value) : low), 0)
  if (lowest < Math.log(target.floor) + minCutNepers) return []
  const cut = values.reduce((count, value) => (value - lowest < 1e-4 ? count + 1 : count), 0)
  if (cut < minCutShare * values.length) return []
  return [
    `${Math.round((100 * cut) / values.length)} % of its values are cut off at its lowest level, so quieter sounds are lost.`,
  ]
}

export function lostInformation(source: MelConvention, target: MelConvention): readonly string[] {
  const highest = Math.round(Math.min(source.highHz, source.sampleRateHz / 2))
  const [own, wanted] = [source, target].map((one) => `${Math.round(1000 * windowSeconds(one))} ms`)
  return [
    highest < minCoveredRange * target.highHz &&
      `It holds nothing above ${highest} Hz, so the result will sound dull.`,
    source.lowHz - target.lowHz > inaudibleHz &&
      `It holds nothing below ${source.lowHz} Hz, where the usual fall of speech recordings is assumed.`,
    isShort(source, target) &&
      `Its window of ${own} does not separate the harmonics of low voices as the model's ${wanted} does, so these may sound rough.`,
    isShort(target, source) &&
      `Its window of ${own} blurs onsets that the model's ${wanted} shows, so these may sound soft.`,
  ].filter((sentence) => sentence !== false)
}
