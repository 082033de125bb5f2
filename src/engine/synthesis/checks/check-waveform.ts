/** Checks of what a model has made: invalid samples are never shown as a result. */
import { ProblemError } from '../../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import { rangeWarnings } from '../../../io/mel/recognition/mel-range.ts'

/** Throws `output-invalid` if a sample is not finite; `first` is the number of the first sample. */
export function checkFinite(waveform: Float32Array, first = 0): void {
  for (let t = 0; t < waveform.length; t++)
    if (!Number.isFinite(waveform[t])) throw invalidOutput(`${waveform[t]} at sample ${first + t}`)
}

/** Throws `output-invalid` if a sample is not finite, or if all are zero although the mel is not. */
export function checkWaveform(waveform: Float32Array, mel: MelSpectrogram): void {
  checkFinite(waveform)
  if (isSilent(waveform)) checkSound(mel)
}

export const isSilent = (waveform: Float32Array): boolean => waveform.every((value) => value === 0)

/** Throws `output-invalid` unless all values of the mel of a silent waveform are zero. */
export function checkSound(mel: MelSpectrogram): void {
  if (mel.values.some((value) => value !== 0)) throw invalidOutput('silence for a mel that is not silent')
}

export function invalidOutput(found: string): ProblemError {
  return new ProblemError({
    code: 'output-invalid',
    message: 'The model produced invalid samples, so they are not shown.',
    found,
    accepted: 'finite samples, as many as the mel implies',
    remedy:
      'Check that the mel is of speech and read in its own scale. Then try other betas; if it happens again, add ' +
      '"backend=wasm" to the address.',
  })
}

/**
 * The likeliest cause of invalid samples is the mel, so the problem names what is implausible in it. Returns `thrown`
 * itself if it is another problem, or if the mel is plausible.
 */
export function blamingMel(thrown: unknown, mel: MelSpectrogram, convention: MelConvention): unknown {
  if (!(thrown instanceof ProblemError) || thrown.problem.code !== 'output-invalid') return thrown
  const [warning] = rangeWarnings(mel, convention)
  if (!warning) return thrown
  return new ProblemError(
    {
      ...thrown.problem,
      message: `The model produced invalid samples, most likely because of its mel. ${warning}`,
      accepted: 'the mel of speech, in the scale in which it was stored',
      remedy: 'Choose the right scale under “Read it differently”, or save the mel again.',
    },
    { cause: thrown },
  )
}
