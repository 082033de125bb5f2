/** Reads the samples of uncompressed audio, whatever file they are in: limits, mixes the channels, checks the values. */
import { megabytes } from '../../base/megabytes.ts'
import { type ChannelReport, mixDown } from '../../dsp/signals/mix-down.ts'
import type { Refuse } from '../refusal.ts'
import { type SampleFormat, sampleReader } from './sample-format.ts'

export type PcmAudio = {
  readonly sampleRateHz: number
  /** Mono, full scale at +-1; float files may exceed it. */
  readonly samples: Float32Array<ArrayBuffer>
  readonly channels: ChannelReport
  /** Present if the file ends before the length that its header states. */
  readonly missingSeconds?: number
}

export type PcmOptions = {
  /** The only channel to read, counted from 0; by default the channels are mixed. */
  readonly channel?: number
}

/** The limit for recordings of any format: synthesis of longer ones would take too much time and memory in a page. */
const maxAudioSeconds = 600
export const maxSampleRateHz = 10_000_000

/** Refuses with `audio-too-long`; `dataBytes` may be more than has been read. */
export function refuseTooLong(dataBytes: number, format: SampleFormat, refuse: Refuse): void {
  const frames = Math.floor(dataBytes / format.frameBytes)
  if (frames <= maxAudioSeconds * format.sampleRateHz) return
  refuse('audio-too-long', 'is longer than 10 minutes', {
    found: `${Math.round(frames / format.sampleRateHz)} s (${megabytes(dataBytes)})`,
    accepted: 'at most 600 s',
    remedy: 'Cut out the part that you want to hear: sox in.wav out.wav trim 0 60',
  })
}

/** Refuses with `audio-no-samples`, `audio-too-long` or `audio-not-finite`. */
export function readPcm(
  data: Uint8Array<ArrayBuffer>,
  format: SampleFormat,
  { channel }: PcmOptions,
  refuse: Refuse,
): PcmAudio {
  const frames = Math.floor(data.length / format.frameBytes)
  if (frames === 0) {
    refuse('audio-no-samples', 'holds 0 samples', {
      found: `${data.length} bytes of samples`,
      remedy: 'Check the recording: it may have been stopped immediately.',
    })
  }
  refuseTooLong(data.length, format, refuse)
  const read = sampleReader(data, format)
  const { samples, report } = mixDown({ frames, channels: format.channels, read }, channel)
  const wrong = samples.findIndex((sample) => !Number.isFinite(sample))
  if (wrong >= 0) {
    refuse('audio-not-finite', `holds ${samples[wrong]} at sample ${wrong}`, {
      accepted: 'finite samples',
      remedy: 'Check the program that wrote it for a division by zero, and export it again.',
    })
  }
  return { sampleRateHz: format.sampleRateHz, samples, channels: report }
}
