/**
 * Decodes audio files other than WAV and AIFF with the browser's decoder. The decoder resamples to the rate of its
 * context with an unspecified filter, so the context gets the file's own rate, read from the headers, and nothing is
 * resampled.
 */
import { type ChannelReport, mixDown } from '../dsp/signals/mix-down.ts'
import type { AudioContainer } from '../io/audio-containers/audio-container.ts'
import { type Refuse, refusalsOf } from '../io/refusal.ts'
import type { Clip } from './clip-library.ts'

const maxSeconds = 600
/** Allowance for coder delay and padding, which headers include and decoders remove. */
const toleranceSeconds = 0.2
/** The rate for containers whose headers are not read here. */
const usualRateHz = 48000

export type DecodedAudio = Clip & { readonly channels: ChannelReport }

export type DecodeAudio = (file: {
  readonly name: string
  readonly blob: Blob
  /** The headers of the file, if they could be read. */
  readonly container?: AudioContainer
  /** The only channel to use, counted from 0; by default the channels are mixed. */
  readonly channel?: number
}) => Promise<DecodedAudio>

/**
 * Decodes `file` to one channel. Rejects with a ProblemError: `audio-no-track`, `audio-cut-short`, `audio-too-long`
 * (over 10 minutes; before decoding if the headers state the length), `audio-not-decodable`.
 */
export const decodeAudio: DecodeAudio = async ({ name, blob, container, channel }) => {
  const refuse = refusalsOf(name)
  if (container?.hasAudio === false) refuseWithoutTrack(refuse)
  if (container?.seconds !== undefined) refuseTooLong(container.seconds, refuse)

  const buffer = await decodeAt(container?.sampleRateHz ?? usualRateHz, blob).catch((thrown: unknown) =>
    refuseUndecodable(container, refuse, thrown),
  )
  refuseTooLong(buffer.duration, refuse)
  refuseCutShort(buffer.duration, container, refuse)
  const data = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index))
  const { samples, report } = mixDown(
    { channels: data.length, frames: buffer.length, read: (frame, index) => data[index][frame] },
    channel,
  )
  return { samples, sampleRateHz: buffer.sampleRate, channels: report }
}

async function decodeAt(sampleRateHz: number, blob: Blob): Promise<AudioBuffer> {
  return contextAt(sampleRateHz).decodeAudioData(await blob.arrayBuffer())
}

/** A header may name a rate that no context supports. */
function contextAt(sampleRate: number): OfflineAudioContext {
  try {
    return new OfflineAudioContext({ length: 1, sampleRate })
  } catch {
    return new OfflineAudioContext({ length: 1, sampleRate: usualRateHz })
  }
}

function refuseWithoutTrack(refuse: Refuse): never {
  return refuse('audio-no-track', 'holds no audio track', {
    accepted: 'MP3, FLAC, Ogg (Vorbis, Opus) or M4A with a sound track, or WAV',
    remedy: 'Export the sound as a separate file, preferably as WAV.',
  })
}

function refuseTooLong(seconds: number, refuse: Refuse): void {
  if (seconds <= maxSeconds) return
  const minutes = (seconds / 60).toFixed(1)
  refuse('audio-too-long', `is ${minutes} minutes long`, {
    found: `${minutes} minutes`,
    accepted: `at most ${maxSeconds / 60} minutes`,
    remedy: 'Cut out the part that you want to hear, and open that part.',
  })
}

function refuseCutShort(decodedSeconds: number, container: AudioContainer | undefined, refuse: Refuse): void {
  const { seconds, cutShort } = container ?? {}
  const missing = seconds !== undefined && decodedSeconds < seconds - toleranceSeconds
  if (!missing && !cutShort) return
  const decoded = `decoded ${decodedSeconds.toFixed(1)}`
  const found = missing ? `${decoded} of ${seconds.toFixed(1)} s` : `${decoded} s, then the file ends`
  refuse('audio-cut-short', `is truncated (${found})`, {
    found,
    remedy: 'Download or copy the file again; this one does not contain all of its sound.',
  })
}

function refuseUndecodable(container: AudioContainer | undefined, refuse: Refuse, cause: unknown): never {
  if (container?.cutShort)
    refuse(
      'audio-cut-short',
      'is truncated, and no sound can be decoded',
      { remedy: 'Download or copy the file again; this one ends too early.' },
      cause,
    )
  return refuse(
    'audio-not-decodable',
    'could not be decoded: it is damaged, or uses a codec that this browser does not support',
    {
      accepted: 'MP3, FLAC, Ogg (Vorbis, Opus), M4A or WAV',
      remedy: 'Check that another program can play it, and export it as WAV.',
    },
    cause,
  )
}
