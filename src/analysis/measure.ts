/** Measures audio: its loudness and spectrogram first, then how closely it matches a reference. */
import { ProblemError } from '../base/problem.ts'
import type { YieldOptions } from '../base/yielder.ts'
import { integratedLoudness } from '../dsp/loudness.ts'
import { hopFactorFor, levelSpectrogram, peakLevelDb } from '../dsp/spectrogram.ts'
import { compare } from '../metrics/compare.ts'
import { melError } from '../metrics/mel-error.ts'
import { distanceToReference } from '../metrics/reference-distance.ts'
import { wholeFrames } from './analyse.ts'
import type { Analysis, Audio, Levels, Quality, Reference } from './analysis.ts'

export const measure: Analysis['measure'] = async ({ audio, against }, { signal, onProgress } = {}) => {
  const levels = levelsOf(audio)
  if (!against) return levels
  onProgress?.(levels)
  try {
    return { ...levels, quality: await qualityOf(audio, levels, against, { signal }) }
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown
    return { ...levels, problem: thrown.problem }
  }
}

function levelsOf({ samples, sampleRateHz }: Audio): Levels {
  const spectrogram = levelSpectrogram(samples, sampleRateHz, hopFactorFor(samples.length, sampleRateHz))
  return {
    loudnessLufs: integratedLoudness(samples, sampleRateHz),
    spectrogram,
    peakDb: peakLevelDb(spectrogram),
  }
}

async function qualityOf(
  audio: Audio,
  { spectrogram }: Levels,
  against: Reference,
  options: YieldOptions,
): Promise<Quality> {
  if ('recording' in against)
    return { against: 'recording', figures: await compare(against.recording, audio, options) }
  const { mel, convention, magnitudes } = against
  const { samples } = wholeFrames(audio, convention)
  const quality: Quality = { against: 'mel', melErrorNats: melError(mel, samples, convention) }
  return magnitudes ? { ...quality, lsdDb: distanceToReference(magnitudes, spectrogram) } : quality
}
