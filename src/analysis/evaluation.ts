/**
 * The calls of the analysis that nobody makes before there are waveforms: Griffin-Lim, comparisons, and files of results. Its
 * worker fetches this part at the first of them.
 */

import { melSpectrogram } from '../dsp/mel/mel.ts'
import type { MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import { lowPass } from '../dsp/signals/low-pass.ts'
import { resample } from '../dsp/signals/resample.ts'
import { griffinLim } from '../dsp/spectra/griffin-lim.ts'
import { levelSpectrogram } from '../dsp/spectra/level-spectrogram.ts'
import { hopFactorFor } from '../dsp/spectra/spectrogram.ts'
import { toBandsFirst } from '../io/mel/formats/mel-array.ts'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { readReferenceSpectrogram } from '../io/npy/reference-spectrogram.ts'
import { encodeWav } from '../io/wav/wav-writer.ts'
import { levelDifference, melDifference } from '../metrics/difference.ts'
import { atRateOf } from './analyse.ts'
import type { Analysis, FrameRange } from './analysis.ts'
import { compare } from './compare.ts'

type Evaluation = Pick<
  Analysis,
  | 'compare'
  | 'griffinLim'
  | 'openReference'
  | 'difference'
  | 'melDifference'
  | 'lowPass'
  | 'encodeWav'
  | 'encodeMel'
>

/** The frames that count, as a view. */
function framesOf(mel: MelSpectrogram, range?: FrameRange): MelSpectrogram {
  if (!range) return mel
  const { first, end } = { ...range, end: Math.min(range.end, mel.frames) }
  const { bands, values } = mel
  return { frames: end - first, bands, values: values.subarray(first * bands, end * bands) }
}

export const evaluation: Evaluation = {
  compare,
  async griffinLim({ mel, convention, seed }, options = {}) {
    const samples = await griffinLim(mel, convention, { ...options, seed })
    return { samples, sampleRateHz: convention.sampleRateHz }
  },
  async openReference({ name, blob }) {
    return readReferenceSpectrogram(new Uint8Array(await blob.arrayBuffer()), name)
  },
  async difference({ of, from }) {
    const common =
      of.sampleRateHz === from.sampleRateHz
        ? of.samples
        : resample(of.samples, of.sampleRateHz, from.sampleRateHz)
    const longest = Math.max(common.length, from.samples.length)
    const hopFactor = hopFactorFor(longest, from.sampleRateHz)
    return {
      ...levelDifference(
        levelSpectrogram(common, from.sampleRateHz, hopFactor),
        levelSpectrogram(from.samples, from.sampleRateHz, hopFactor),
      ),
      uncomparedSeconds: Math.abs(common.length - from.samples.length) / from.sampleRateHz,
    }
  },
  async melDifference({ mel, convention, audio, frames }) {
    const output = melSpectrogram(atRateOf(convention, audio), convention)
    const hopSeconds = convention.hopSamples / convention.sampleRateHz
    return {
      ...melDifference(framesOf(output, frames), framesOf(mel, frames), hopSeconds),
      uncomparedSeconds: Math.abs(output.frames - mel.frames) * hopSeconds,
    }
  },
  async lowPass({ audio: { samples, sampleRateHz }, cutoffHz }) {
    return { samples: lowPass(samples, sampleRateHz, cutoffHz), sampleRateHz }
  },
  async encodeWav({ audio, encoding }) {
    return encodeWav(audio.samples, audio.sampleRateHz, encoding)
  },
  async encodeMel(mel) {
    return writeNpy(toBandsFirst(mel), [mel.bands, mel.frames])
  },
}
