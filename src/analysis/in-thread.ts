/** The analysis in the calling thread. The analysis worker and tests in Node run it. */
import { ProblemError } from '../base/problem.ts'
import { sha256Of } from '../base/sha256.ts'
import { griffinLim } from '../dsp/griffin-lim.ts'
import { integratedLoudness } from '../dsp/loudness.ts'
import { lowPass } from '../dsp/low-pass.ts'
import { melSpectrogram } from '../dsp/mel.ts'
import type { MelConvention } from '../dsp/mel-spectrogram.ts'
import { levelRecording } from '../dsp/recording-level.ts'
import { resample } from '../dsp/resample.ts'
import { levelSpectrogram } from '../dsp/spectrogram.ts'
import { decodeAiff, isAiff, refuseLongAiff } from '../io/aiff/aiff-reader.ts'
import { probeContainer } from '../io/audio-containers/probe.ts'
import { audioHeadBytes, identify, identifyAudio } from '../io/identify.ts'
import { toBandsFirst } from '../io/mel/mel-array.ts'
import { openMelFile } from '../io/mel/open-mel.ts'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { decodeWav, refuseLongWav } from '../io/wav/wav-reader.ts'
import { encodeWav } from '../io/wav/wav-writer.ts'
import { compare } from '../metrics/compare.ts'
import { levelDifference, melDifference } from '../metrics/difference.ts'
import { melError } from '../metrics/mel-error.ts'
import type { Analysis, Audio, FileKind } from './analysis.ts'

/** Creates the analysis. It keeps no state between calls, and its methods reject instead of throwing synchronously. */
export function createAnalysis(): Analysis {
  return {
    async identify({ name, blob }): Promise<FileKind> {
      // Recordings can be much larger than mels, so they are recognised by their first bytes.
      const audio = identifyAudio(await headOf(blob), name)
      const format = audio ?? identify(await bytesOf(blob), name)
      if (format === 'wav' || format === 'aiff') return 'pcm'
      return format === 'other-audio' ? format : 'mel'
    },
    async openMel(input) {
      return openMelFile(input)
    },
    async decodePcm({ name, blob, channel }) {
      const head = await headOf(blob)
      const isAiffFile = isAiff(head)
      const refuseLong = isAiffFile ? refuseLongAiff : refuseLongWav
      refuseLong(head, blob.size, name)
      const decode = isAiffFile ? decodeAiff : decodeWav
      return decode(await bytesOf(blob), name, { channel })
    },
    async probeAudio({ blob }) {
      return probeContainer(await bytesOf(blob))
    },
    async levelRecording({ samples, sampleRateHz }) {
      const { samples: levelled, ...change } = levelRecording(samples, sampleRateHz)
      return { audio: { samples: levelled, sampleRateHz }, ...change }
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

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const headOf = (blob: Blob) => bytesOf(blob.slice(0, audioHeadBytes))

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
