/**
 * The log-spectral distance of an output to a reference of which only magnitudes are known. `compare` measures the same
 * on waveforms; here the two are not aligned in time, because an output of the recording's mel already is.
 */
import { ProblemError } from '../base/problem.ts'
import { minLevelDb, type Spectrogram } from '../dsp/spectra/spectrogram.ts'

/**
 * Mean over frames of the RMS over bins of the difference in dB, after the output is brought to the reference's power.
 * Both have the framing of `levelSpectrogram`; levels are limited below as they are there. The frames that both have are
 * compared. Throws `reference-mismatch` if the bins differ or no frame is left.
 */
export function distanceToReference(reference: Spectrogram, output: Spectrogram): number {
  const { bins } = reference
  const frames = Math.min(reference.frames, output.frames)
  if (frames === 0 || output.bins !== bins || Math.abs(reference.highHz - output.highHz) > 1) {
    throw new ProblemError({
      code: 'reference-mismatch',
      message:
        'The output and the reference spectrogram have different sampling rates, or one of them is empty.',
      found: `${output.frames} x ${output.bins} up to ${output.highHz} Hz`,
      accepted: `frames x ${bins} up to ${reference.highHz} Hz`,
    })
  }
  const length = frames * bins
  const gainDb = powerDb(reference.levelsDb, length) - powerDb(output.levelsDb, length)
  let sum = 0
  for (let frame = 0; frame < frames; frame++) {
    let squares = 0
    for (let index = frame * bins; index < (frame + 1) * bins; index++)
      squares += (reference.levelsDb[index] - Math.max(output.levelsDb[index] + gainDb, minLevelDb)) ** 2
    sum += Math.sqrt(squares / bins)
  }
  return sum / frames
}

function powerDb(levelsDb: Float32Array, length: number): number {
  let power = 0
  for (let index = 0; index < length; index++) power += 10 ** (levelsDb[index] / 10)
  return 10 * Math.log10(power)
}
