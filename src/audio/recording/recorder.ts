/** Records raw samples of the microphone without the browser's processing, which would be audible. */
import { abortError } from '../../base/problem.ts'
import type { Clip } from '../clip-library.ts'
import captureProcessorUrl from './capture-processor.ts?worker&url'
import { microphoneProblem, microphoneProblemOf } from './microphone-problems.ts'

/** Room noise of an ordinary microphone peaks above this, -60 dB of full scale; a muted one gives zeros. */
const silentPeak = 1e-3

export type RecordingProgress = {
  readonly elapsedSeconds: number
  /** Largest magnitude of the last few hundredths of a second, 0..1. */
  readonly peak: number
}

export interface Recording {
  /**
   * Resolves to the clip, at the microphone's own rate, after `stop` or at the maximum length. Rejects with a
   * ProblemError (`microphone-unplugged`, `microphone-silent`), or with an AbortError after `cancel`.
   */
  readonly finished: Promise<Clip>
  /** Ends the recording and keeps it. */
  stop(): void
  /** Ends the recording and discards it. */
  cancel(): void
}

export type RecordingOptions = {
  /** Default: 60. */
  readonly maxSeconds?: number
  readonly onProgress?: (progress: RecordingProgress) => void
  /** Cancels the request during the permission prompt; later, `cancel` does. */
  readonly signal?: AbortSignal
}

/**
 * Asks for the microphone, which waits for the user's answer, and starts. Rejects with a ProblemError:
 * `microphone-denied`, `microphone-absent`, `microphone-busy`, `microphone-insecure-page`; with an AbortError after
 * `signal`.
 */
export type StartRecording = (options?: RecordingOptions) => Promise<Recording>

/** The recorder on `devices`, which in the page is `navigator.mediaDevices`; an insecure page has none. */
export function recorderOn(devices: Pick<MediaDevices, 'getUserMedia'> | undefined): StartRecording {
  return async (options) => {
    if (!devices) throw microphoneProblem('insecure-page')
    let stream: MediaStream | undefined
    let context: AudioContext | undefined
    try {
      const asked = devices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 },
      })
      stream = await unlessTakenBack(asked, options?.signal)
      context = new AudioContext()
      await Promise.all([context.audioWorklet.addModule(captureProcessorUrl), context.resume()])
      options?.signal?.throwIfAborted()
      return capture(stream, context, options)
    } catch (thrown) {
      if (stream && context) release(stream, context)
      else for (const track of stream?.getTracks() ?? []) track.stop()
      throw options?.signal?.aborted ? abortError() : microphoneProblemOf(thrown)
    }
  }
}

/**
 * The requested stream, or an AbortError at once. A page cannot close the permission prompt, so a late stream is
 * released.
 */
function unlessTakenBack(asked: Promise<MediaStream>, signal?: AbortSignal): Promise<MediaStream> {
  return new Promise((resolve, reject) => {
    asked.then((stream) => {
      if (signal?.aborted) for (const track of stream.getTracks()) track.stop()
      else resolve(stream)
    }, reject)
    signal?.addEventListener('abort', () => reject(abortError()))
    if (signal?.aborted) reject(abortError())
  })
}

function release(stream: MediaStream, context: AudioContext): void {
  for (const track of stream.getTracks()) track.stop()
  void context.close()
}

/** Collects blocks until the recording ends, and then releases `stream` and `context`. */
function capture(
  stream: MediaStream,
  context: AudioContext,
  { maxSeconds = 60, onProgress }: RecordingOptions = {},
): Recording {
  const sampleRateHz = context.sampleRate
  const samples = new Float32Array(Math.round(maxSeconds * sampleRateHz))
  let resolve!: (clip: Clip) => void
  let reject!: (reason: unknown) => void
  const finished = new Promise<Clip>((...settlers) => {
    ;[resolve, reject] = settlers
  })
  let frames = 0
  let maxPeak = 0

  const node = new AudioWorkletNode(context, 'capture')
  let ended = false
  const end = (settle: () => void) => {
    if (ended) return
    ended = true
    node.port.onmessage = null
    for (const track of stream.getTracks()) track.onended = null
    release(stream, context)
    settle()
  }
  const stop = () =>
    end(() => {
      if (maxPeak < silentPeak) reject(microphoneProblem('silent'))
      else resolve({ samples: samples.slice(0, frames), sampleRateHz })
    })

  node.port.onmessage = ({ data: block }: MessageEvent<Float32Array>) => {
    const kept = block.subarray(0, samples.length - frames)
    samples.set(kept, frames)
    frames += kept.length
    const peak = kept.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
    maxPeak = Math.max(maxPeak, peak)
    onProgress?.({ elapsedSeconds: frames / sampleRateHz, peak: Math.min(1, peak) })
    if (frames === samples.length) stop()
  }
  for (const track of stream.getTracks())
    track.onended = () => end(() => reject(microphoneProblem('unplugged')))
  // The node outputs silence; without a connection to the destination it would not run.
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(node).connect(context.destination)

  return {
    finished,
    stop,
    cancel: () => end(() => reject(abortError())),
  }
}
