/** Measures how closely audio matches a reference. */
import { ProblemError } from '../base/problem.ts'
import type { YieldOptions } from '../base/yielder.ts'
import { levelSpectrogram } from '../dsp/spectra/level-spectrogram.ts'
import { hopFactorFor } from '../dsp/spectra/spectrogram.ts'
import { compare as compareRecordings } from '../metrics/compare.ts'
import { melError } from '../metrics/mel-error.ts'
import { distanceToReference } from '../metrics/reference-distance.ts'
import { atRateOf } from './analyse.ts'
import type { Analysis, Audio, Quality, Reference } from './analysis.ts'

export const compare: Analysis['compare'] = async ({ audio, against }, options = {}) => {
  try {
    return { quality: await qualityOf(audio, against, options) }
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown
    return { problem: thrown.problem }
  }
}

const spectrogramOf = ({ samples, sampleRateHz }: Audio) =>
  levelSpectrogram(samples, sampleRateHz, hopFactorFor(samples.length, sampleRateHz))

async function qualityOf(audio: Audio, against: Reference, options: YieldOptions): Promise<Quality> {
  if ('recording' in against)
    return { against: 'recording', figures: await compareRecordings(against.recording, audio, options) }
  const { mel, convention, magnitudes, frames } = against
  const melErrorNats = melError(mel, atRateOf(convention, audio), convention, frames)
  const quality: Quality = { against: 'mel', melErrorNats }
  return magnitudes ? { ...quality, lsdDb: distanceToReference(magnitudes, spectrogramOf(audio)) } : quality
}
