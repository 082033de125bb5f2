/** Checks of what a model has made: invalid samples are never shown as a result. */
import { ProblemError } from '../../base/problem.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'

/** Throws `output-invalid` if a sample is not finite; `first` is the number of the first sample. */
export function checkFinite(waveform: Float32Array, first = 0): void {
  for (let t = 0; t < waveform.length; t++)
    if (!Number.isFinite(waveform[t])) throw invalidOutput(`${waveform[t]} at sample ${first + t}`)
}

/** Throws `output-invalid` if a sample is not finite, or if all are zero although the mel is not. */
export function checkWaveform(waveform: Float32Array, mel: MelSpectrogram): void {
  checkFinite(waveform)
  if (mel.values.some((value) => value !== 0) && waveform.every((value) => value === 0))
    throw invalidOutput('silence for a mel that is not silent')
}

export function invalidOutput(found: string): ProblemError {
  return new ProblemError({
    code: 'output-invalid',
    message: 'The model produced invalid samples, so they are not shown.',
    found,
    accepted: 'finite samples, as many as the mel implies',
    remedy: 'Try other betas; if it happens again, add "backend=wasm" to the address.',
  })
}
