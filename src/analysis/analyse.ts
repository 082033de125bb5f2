/** Prepares audio for copy synthesis: the level of speech, the convention's sampling rate, whole frames, the mel. */
import { ProblemError } from '../base/problem.ts'
import { melSpectrogram } from '../dsp/mel/mel.ts'
import type { MelConvention } from '../dsp/mel/mel-spectrogram.ts'
import { levelRecording } from '../dsp/signals/recording-level.ts'
import { resample } from '../dsp/signals/resample.ts'
import type { AnalysedAudio, Analysis, Audio } from './analysis.ts'

/** Throws `audio-too-short` for less than one frame. */
export function analyse({ audio, convention, keepLevel }: Parameters<Analysis['analyse']>[0]): AnalysedAudio {
  const { samples, ...change } = keepLevel
    ? { samples: audio.samples, gainDb: 0, clippedPlaces: 0 }
    : levelRecording(audio.samples, audio.sampleRateHz)
  const whole = wholeFrames({ ...audio, samples }, convention)
  return { audio: whole, mel: melSpectrogram(whole.samples, convention), ...change }
}

/** Resamples to the convention's rate and cuts to whole hops. The result is a new array. Throws `audio-too-short`. */
export function wholeFrames(audio: Audio, convention: MelConvention): Audio {
  return { samples: atRateOf(convention, audio).slice(), sampleRateHz: convention.sampleRateHz }
}

/** The samples of `wholeFrames`, which may be a view of those of the audio. Throws `audio-too-short`. */
export function atRateOf(
  convention: MelConvention,
  { samples, sampleRateHz }: Audio,
): Float32Array<ArrayBuffer> {
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
  return resampled.subarray(0, frames * hopSamples)
}
