/** The analysis in the calling thread. The analysis worker and tests in Node run it. */
import { sha256Of } from '../base/sha256.ts'
import { griffinLim } from '../dsp/griffin-lim.ts'
import { lowPass } from '../dsp/low-pass.ts'
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import { resample } from '../dsp/resample.ts'
import { hopFactorFor, levelSpectrogram } from '../dsp/spectrogram.ts'
import { toBandsFirst } from '../io/mel/formats/mel-array.ts'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { readReferenceSpectrogram } from '../io/npy/reference-spectrogram.ts'
import { encodeWav } from '../io/wav/wav-writer.ts'
import { levelDifference, melDifference } from '../metrics/difference.ts'
import { analyse, atRateOf } from './analyse.ts'
import type { Analysis, FrameRange } from './analysis.ts'
import { measureInParts } from './in-parts.ts'
import { compare, measurePart } from './measure.ts'
import { decodeFile, openFile } from './open-file.ts'
import { unpackFile } from './unpack.ts'

/** The frames that count, as a view. */
function framesOf(mel: MelSpectrogram, range?: FrameRange): MelSpectrogram {
  if (!range) return mel
  const { first, end } = { ...range, end: Math.min(range.end, mel.frames) }
  const { bands, values } = mel
  return { frames: end - first, bands, values: values.subarray(first * bands, end * bands) }
}

/** Creates the analysis. It keeps no state between calls, and its methods reject instead of throwing synchronously. */
export function createAnalysis(): Analysis {
  return {
    open: openFile,
    decode: decodeFile,
    unpack: unpackFile,
    analyse: async (input) => analyse(input),
    measure: ({ audio }) => measureInParts(audio, async (part) => measurePart(part)),
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
    async sha256({ samples }) {
      return sha256Of(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    },
    async encodeWav({ audio, encoding }) {
      return encodeWav(audio.samples, audio.sampleRateHz, encoding)
    },
    async encodeMel(mel) {
      return writeNpy(toBandsFirst(mel), [mel.bands, mel.frames])
    },
    dispose() {},
  }
}
