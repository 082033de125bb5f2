/** Checks of a request before anything is computed. */
import { ProblemError } from '../../../base/problem.ts'
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'

/** Estimates are whole waveforms, kept until the end: thirteen of a minute take 69 MB. */
const maxStepsWithEstimates = 12

/** Throws `estimates-too-many`. */
export function checkStepsWithEstimates(steps: number): void {
  if (steps <= maxStepsWithEstimates) return
  throw new ProblemError({
    code: 'estimates-too-many',
    message: 'The estimates of this many steps do not fit into memory.',
    found: `${steps} steps`,
    accepted: `at most ${maxStepsWithEstimates} steps`,
    remedy: 'Choose fewer steps.',
  })
}

/** Throws `mel-mismatch` or `mel-not-finite`. */
export function checkMel({ bands }: { readonly bands: number }, mel: MelSpectrogram): void {
  if (mel.bands !== bands || mel.frames < 1 || mel.values.length !== mel.frames * mel.bands) {
    throw new ProblemError({
      code: 'mel-mismatch',
      message: 'The mel spectrogram does not have the shape that the model requires.',
      found: `${mel.values.length} values as ${mel.frames} frames of ${mel.bands} bands`,
      accepted: `at least one frame, ${bands} bands`,
      remedy: 'Choose a model for this kind of mel, or convert the mel.',
    })
  }
  const wrong = mel.values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) {
    throw new ProblemError({
      code: 'mel-not-finite',
      message: 'The mel spectrogram contains a value that is not finite.',
      found: `${mel.values[wrong]} in frame ${Math.floor(wrong / bands)}, band ${wrong % bands}`,
      accepted: 'finite values',
      remedy: 'Check the source of the file: NaN and infinity usually come from a logarithm of zero.',
    })
  }
}

/** Throws `seed-invalid`. */
export function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new ProblemError({
      code: 'seed-invalid',
      message: 'This seed cannot be used.',
      found: String(seed),
      accepted: 'a whole number from 0 to 4,294,967,295',
      remedy: 'Choose another seed.',
    })
  }
}
