/** Warnings about a mel in the model's convention whose values are implausible for speech. */
import { melFilterbank } from '../../../dsp/mel/mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'

/** Sentences for the page; none if the values are plausible. */
export function rangeWarnings({ values }: MelSpectrogram, convention: MelConvention): readonly string[] {
  const toNatural = convention.log === 'ln' ? 1 : Math.LN10
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    lowest = Math.min(lowest, value * toNatural)
    highest = Math.max(highest, value * toNatural)
  }
  const fullScale = fullScaleLevel(convention)
  const shown = `Its loudest value, ${highest.toFixed(1)} (natural logarithm),`
  if (highest > fullScale) {
    return [
      `${shown} is above ${fullScale.toFixed(1)}, that of a full-scale sine: the scale may be wrong, ` +
        'and the models were not trained on such values.',
    ]
  }
  if (highest - lowest < 0.5) return ['All its values are nearly equal: this is not a mel of speech.']
  if (highest < fullScale - 8) {
    return [
      `${shown} is far below that of speech, about ${(fullScale - 3).toFixed(1)}: the scale may be wrong, ` +
        'or the recording is nearly silent.',
    ]
  }
  return []
}

/**
 * ln of the highest band value of a sine of amplitude 1, half of that if the bands sum power. In the spectrum of a sine
 * under a Hann window, the magnitudes sum to half of the FFT's size; their squares sum to a quarter of that size times
 * the window's energy, which is 3/8 of its length.
 */
export function fullScaleLevel(convention: MelConvention, of: 'magnitude' | 'power' = 'magnitude'): number {
  const heaviest = Math.max(...melFilterbank(convention).flatMap(({ weights }) => [...weights]))
  const { windowSamples, fftSize } = convention
  if (of === 'magnitude') return Math.log((heaviest * fftSize) / 2)
  return Math.log((heaviest * fftSize * 0.375 * windowSamples) / 4) / 2
}
