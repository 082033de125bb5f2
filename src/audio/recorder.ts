/** Records the microphone as it is: raw samples, the browser's processing off, because processing is what one would hear. */
import { abortError } from '../base/problem.ts'
import captureProcessorUrl from './capture-processor.ts?worker&url'
import type { Clip } from './clip-library.ts'
import { microphoneProblem, microphoneProblemOf } from './microphone-problems.ts'

/** Room noise of an ordinary microphone peaks above this; a muted one gives zeros. -60 dB of full scale. */
const silentPeak = 1e-3

export type RecordingProgress = {
  readonly elapsedSeconds: number
  /** Largest magnitude of the last few hundredths of a second, 0..1. */
  readonly peak: number
}

export interface Recording {
  /**
   * The clip, at the microphone's own rate, once `stop` was called or the longest length is reached. Rejects with a
   * ProblemError (`microphone-unplugged`, `microphone-silent`), or with an AbortError after `cancel`.
   */
  readonly finished: Promise<Clip>
  /** Ends the recording and keeps it. */
  stop(): void
  /** Ends the recording and drops it. */
  cancel(): void
}

export type RecordingOptions = {
  /** 60 where none is given. */
  readonly maxSeconds?: number
  readonly onProgress?: (progress: RecordingProgress) => void
  /** Takes the request back while the user is still being asked; later, `cancel` does. */
  readonly signal?: AbortSignal
}

/**
 * Asks for the microphone, which may take as long as the user takes, and starts. Rejects with a ProblemError:
 * `microphone-denied`, `microphone-absent`, `microphone-busy`, `microphone-insecure-page`; with an AbortError after `signal`.
 */
export type StartRecording = (options?: RecordingOptions) => Promise<Recording>

/** The recorder on `devices`, in the page `navigator.mediaDevices`, which an insecure page lacks. */
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

/** What was asked for, or an AbortError at once: no page can close the browser's question, so a late yes is given back. */
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

/** Collects blocks until something ends it; `stream` and `context` are given back then. */
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
  let highestPeak = 0

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
      if (highestPeak < silentPeak) reject(microphoneProblem('silent'))
      else resolve({ samples: samples.slice(0, frames), sampleRateHz })
    })

  node.port.onmessage = ({ data: block }: MessageEvent<Float32Array>) => {
    const kept = block.subarray(0, samples.length - frames)
    samples.set(kept, frames)
    frames += kept.length
    const peak = kept.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
    highestPeak = Math.max(highestPeak, peak)
    onProgress?.({ elapsedSeconds: frames / sampleRateHz, peak: Math.min(1, peak) })
    if (frames === samples.length) stop()
  }
  for (const track of stream.getTracks())
    track.onended = () => end(() => reject(microphoneProblem('unplugged')))
  // The node makes silence; without a way to the output it would not be run.
  new MediaStreamAudioSourceNode(context, { mediaStream: stream }).connect(node).connect(context.destination)

  return {
    finished,
    stop,
    cancel: () => end(() => reject(abortError())),
  }
}
