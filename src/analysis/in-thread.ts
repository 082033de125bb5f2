/** The analysis in the calling thread. The analysis worker and tests in Node run it. */
import { ProblemError } from '../base/problem.ts'
import { sha256Of } from '../base/sha256.ts'
import { griffinLim } from '../dsp/griffin-lim.ts'
import { integratedLoudness } from '../dsp/loudness.ts'
import { lowPass } from '../dsp/low-pass.ts'
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelConvention } from '../dsp/mel-spectrogram.ts'
import { resample } from '../dsp/resample.ts'
import { levelSpectrogram } from '../dsp/spectrogram.ts'
import { identify } from '../io/identify.ts'
import { toBandsFirst } from '../io/mel/mel-array.ts'
import { openMelFile } from '../io/mel/open-mel.ts'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { readReferenceSpectrogram } from '../io/npy/reference-spectrogram.ts'
import { decodeWav } from '../io/wav/wav-reader.ts'
import { encodeWav } from '../io/wav/wav-writer.ts'
import { compare } from '../metrics/compare.ts'
import { levelDifference, melDifference } from '../metrics/difference.ts'
import { melError } from '../metrics/mel-error.ts'
import { distanceToReference } from '../metrics/reference-distance.ts'
import type { Analysis, Audio, FileKind } from './analysis.ts'

/** Creates the analysis. It keeps no state between calls, and its methods reject instead of throwing synchronously. */
export function createAnalysis(): Analysis {
  return {
    async identify({ name, bytes }): Promise<FileKind> {
      const format = identify(bytes, name)
      return format === 'wav' || format === 'other-audio' ? format : 'mel'
    },
    async openMel(input) {
      return openMelFile(input)
    },
    async decodeWav({ name, bytes }) {
      const { samples, sampleRateHz } = decodeWav(bytes, name)
      return { samples, sampleRateHz }
    },
    async analyse({ audio, convention }) {
      const whole = wholeFrames(audio, convention)
      return { audio: whole, mel: melSpectrogram(whole.samples, convention) }
    },
    async spectrogram({ samples, sampleRateHz }) {
      return levelSpectrogram(samples, sampleRateHz)
    },
    async griffinLim({ mel, convention, seed }, options = {}) {
      const samples = await griffinLim(mel, convention, { ...options, seed })
      return { samples, sampleRateHz: convention.sampleRateHz }
    },
    async compare({ reference, output }, options) {
      return compare(reference, output, options)
    },
    async openReference({ name, bytes }) {
      return readReferenceSpectrogram(bytes, name)
    },
    async distanceToReference({ reference, audio: { samples, sampleRateHz } }) {
      return distanceToReference(reference, levelSpectrogram(samples, sampleRateHz))
    },
    async melError({ mel, convention, audio }) {
      return melError(mel, wholeFrames(audio, convention).samples, convention)
    },
    async difference({ of, from }) {
      const common =
        of.sampleRateHz === from.sampleRateHz
          ? of.samples
          : resample(of.samples, of.sampleRateHz, from.sampleRateHz)
      return {
        ...levelDifference(
          levelSpectrogram(common, from.sampleRateHz),
          levelSpectrogram(from.samples, from.sampleRateHz),
        ),
        uncomparedSeconds: Math.abs(common.length - from.samples.length) / from.sampleRateHz,
      }
    },
    async melDifference({ mel, convention, audio }) {
      const output = melSpectrogram(wholeFrames(audio, convention).samples, convention)
      const hopSeconds = convention.hopSamples / convention.sampleRateHz
      return {
        ...melDifference(output, mel, hopSeconds),
        uncomparedSeconds: Math.abs(output.frames - mel.frames) * hopSeconds,
      }
    },
    async lowPass({ audio: { samples, sampleRateHz }, cutoffHz }) {
      return { samples: lowPass(samples, sampleRateHz, cutoffHz), sampleRateHz }
    },
    async sha256({ samples }) {
      return sha256Of(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    },
    async loudnessLufs({ samples, sampleRateHz }) {
      return integratedLoudness(samples, sampleRateHz)
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

/** Resamples to the convention's rate and cuts to whole hops. The result is a new array. */
function wholeFrames({ samples, sampleRateHz }: Audio, convention: MelConvention): Audio {
  const { hopSamples } = convention
  const resampled =
    sampleRateHz === convention.sampleRateHz
      ? samples
      : resample(samples, sampleRateHz, convention.sampleRateHz)
  const frames = Math.floor(resampled.length / hopSamples)
  if (frames === 0) {
    throw new ProblemError({
      code: 'audio-too-short',
      message: 'The recording is too short to have a mel spectrogram.',
      found: `${resampled.length} samples at ${convention.sampleRateHz} Hz`,
      accepted: `at least ${hopSamples}, one frame`,
      remedy: 'Choose or record something longer.',
    })
  }
  return { samples: resampled.slice(0, frames * hopSamples), sampleRateHz: convention.sampleRateHz }
}
