/** What in a mel, once it is in the model's convention, speaks against synthesis: values that no speech has. */
import { melFilterbank } from '../../dsp/mel.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'

/** Sentences for people; none where all is well. */
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
      `${shown} is above ${fullScale.toFixed(1)}, that of a sine at full scale: it may be read on the wrong scale, ` +
        'and the models have never heard its like.',
    ]
  }
  if (highest - lowest < 0.5) return ['All its values are nearly the same: this is not a mel of speech.']
  if (highest < fullScale - 8) {
    return [
      `${shown} is far below that of speech, which reaches ${(fullScale - 3).toFixed(1)} or so: it may be read on the ` +
        'wrong scale, or be a recording of near silence.',
    ]
  }
  return []
}

/** ln of what a sine of amplitude 1 leaves in the band that weighs it most: a Hann window's main lobe sums to half of it. */
function fullScaleLevel(convention: MelConvention): number {
  const heaviest = Math.max(...melFilterbank(convention).flatMap(({ weights }) => [...weights]))
  return Math.log((heaviest * convention.windowSamples) / 2)
}
