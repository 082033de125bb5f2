/** Measures audio: its loudness and spectrogram first, then how closely it matches a reference. */
import { ProblemError } from '../base/problem.ts'
import type { YieldOptions } from '../base/yielder.ts'
import { integratedLoudness } from '../dsp/loudness.ts'
import { levelSpectrogram } from '../dsp/spectrogram.ts'
import { compare } from '../metrics/compare.ts'
import { melError } from '../metrics/mel-error.ts'
import { wholeFrames } from './analyse.ts'
import type { Analysis, Audio, Levels, Quality, Reference } from './analysis.ts'

export const measure: Analysis['measure'] = async ({ audio, against }, { signal, onProgress } = {}) => {
  const levels = levelsOf(audio)
  if (!against) return levels
  onProgress?.(levels)
  try {
    return { ...levels, quality: await qualityOf(audio, against, { signal }) }
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown
    return { ...levels, problem: thrown.problem }
  }
}

function levelsOf({ samples, sampleRateHz }: Audio): Levels {
  const spectrogram = levelSpectrogram(samples, sampleRateHz)
  // A loop, because there are too many values for the arguments of Math.max.
  let peakDb = Number.NEGATIVE_INFINITY
  for (const levelDb of spectrogram.levelsDb) if (levelDb > peakDb) peakDb = levelDb
  return { loudnessLufs: integratedLoudness(samples, sampleRateHz), spectrogram, peakDb }
}

async function qualityOf(audio: Audio, against: Reference, options: YieldOptions): Promise<Quality> {
  if ('recording' in against)
    return { against: 'recording', figures: await compare(against.recording, audio, options) }
  const { mel, convention } = against
  const { samples } = wholeFrames(audio, convention)
  return { against: 'mel', melErrorNats: melError(mel, samples, convention) }
}
