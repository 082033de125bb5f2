/**
 * Measures long audio part by part, so that no call of the worker carries a copy of the whole. The results are those of
 * the whole: each part comes with the surroundings that its frames and filters reach.
 */

import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import { gatedLoudness } from '../dsp/signals/loudness.ts'
import { partsOf, rangesOf } from '../dsp/signals/signal-part.ts'
import { spectrogramLayout } from '../dsp/spectra/spectrogram.ts'
import { differenceOf } from '../metrics/difference.ts'
import type { Analysis, Audio, Levels } from './analysis.ts'
import type { AudioPart, PartLevels } from './measure.ts'

/** A whole number of seconds, so that the blocks of the loudness begin alike in every part. */
const defaultPartSeconds = 60
/** The filters of the loudness forget within this time, to the precision of their numbers. */
const contextSeconds = 1

const defaultPartFrames = 4096

/** `measure` by the levels of parts; shorter audio is one part. */
export async function measureInParts(
  { samples, sampleRateHz }: Audio,
  levelsOf: (part: AudioPart) => Promise<PartLevels>,
  partSeconds = defaultPartSeconds,
): Promise<Levels> {
  const { frames, bins, hopSeconds, highHz, hopFactor } = spectrogramLayout(samples.length, sampleRateHz)
  const levelsDb = new Float32Array(frames * bins)
  const powers: number[] = []
  let [peakDb, written] = [Number.NEGATIVE_INFINITY, 0]
  const [size, context] = [partSeconds, contextSeconds].map((seconds) => Math.round(seconds * sampleRateHz))
  for (const part of partsOf(samples, size, context)) {
    const levels = await levelsOf({ part, sampleRateHz, hopFactor })
    levelsDb.set(levels.levelsDb, written)
    written += levels.levelsDb.length
    powers.push(...levels.powers)
    peakDb = Math.max(peakDb, levels.peakDb)
  }
  return {
    loudnessLufs: gatedLoudness(powers),
    spectrogram: { frames, bins, hopSeconds, highHz, levelsDb },
    peakDb,
  }
}

type MelInput = { readonly mel: MelSpectrogram; readonly convention: MelConvention; readonly audio: Audio }

/** Parts of a mel and of audio at its rate, over their common frames; undefined if one part would do. */
function melParts({ mel, convention, audio }: MelInput, partFrames: number) {
  const { hopSamples, fftSize, sampleRateHz } = convention
  if (audio.sampleRateHz !== sampleRateHz) return undefined
  const audioFrames = Math.floor(audio.samples.length / hopSamples)
  const total = Math.min(mel.frames, audioFrames)
  if (total <= partFrames) return undefined
  const context = Math.ceil(fftSize / hopSamples)
  const parts = rangesOf(total, partFrames, context).map(({ start, end, from }) => {
    const [melTo, audioTo] = [mel.frames, audioFrames].map((frames) => Math.min(frames, end + context))
    return {
      start,
      mel: {
        frames: melTo - from,
        bands: mel.bands,
        values: mel.values.subarray(from * mel.bands, melTo * mel.bands),
      },
      audio: { sampleRateHz, samples: audio.samples.subarray(from * hopSamples, audioTo * hopSamples) },
      frames: { first: start - from, end: end - from },
    }
  })
  return { parts, total, audioFrames }
}

/** `compare`; only against a mel alone it works by parts. */
export async function compareInParts(
  input: Parameters<Analysis['compare']>[0],
  compare: (input: Parameters<Analysis['compare']>[0]) => ReturnType<Analysis['compare']>,
  partFrames = defaultPartFrames,
): ReturnType<Analysis['compare']> {
  const { audio, against } = input
  const divided = 'mel' in against && !against.magnitudes && melParts({ ...against, audio }, partFrames)
  if (!divided) return compare(input)
  let sum = 0
  for (const { mel, audio, frames } of divided.parts) {
    const compared = await compare({ audio, against: { ...against, mel, frames } })
    if (compared.quality?.against !== 'mel') return compared
    sum += compared.quality.melErrorNats * (frames.end - frames.first)
  }
  return { quality: { against: 'mel', melErrorNats: sum / divided.total } }
}

/** `melDifference` by parts. */
export async function melDifferenceInParts(
  input: Parameters<Analysis['melDifference']>[0],
  difference: Analysis['melDifference'],
  partFrames = defaultPartFrames,
): ReturnType<Analysis['melDifference']> {
  const { mel, convention } = input
  const divided = melParts(input, partFrames)
  if (!divided) return difference(input)
  const values = new Float32Array(divided.total * mel.bands)
  for (const { start, mel, audio, frames } of divided.parts)
    values.set((await difference({ mel, convention, audio, frames })).values, start * mel.bands)
  const hopSeconds = convention.hopSamples / convention.sampleRateHz
  return {
    ...differenceOf({ values, frames: divided.total, bins: mel.bands, hopSeconds, unit: 'nat' }),
    uncomparedSeconds: Math.abs(divided.audioFrames - mel.frames) * hopSeconds,
  }
}
