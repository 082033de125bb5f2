/** The page's audio output: opens an audio context at the takes' rate, and explains why no sound can be played. */
import { ProblemError } from '../../base/problem.ts'

/** A context that does not run by then waits for a user gesture, or for an absent device. A sleeping one can take seconds. */
const startTimeoutMs = 5000

export function noOutput(cause?: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'playback-no-output',
      message: 'The browser found no working audio output.',
      accepted: 'loudspeakers or headphones that other pages can play on',
      remedy: 'Connect an output device, or choose one in the system settings, and press Play again.',
    },
    { cause },
  )
}

const blocked = () =>
  new ProblemError({
    code: 'playback-blocked',
    message: 'The browser does not allow this page to play sound yet.',
    accepted: 'Play pressed by mouse, touch or keyboard',
    remedy: 'Press Play on the page; if there is still no sound, allow sound for this site in the browser.',
  })

/**
 * A context at `sampleRateHz`, so that takes of that rate play without resampling, or at the device's own rate if the
 * device or the browser does not support it. The caller closes it. Throws a ProblemError.
 */
export function openAudioOutput(sampleRateHz: number): AudioContext {
  try {
    return new AudioContext({ sampleRate: sampleRateHz })
  } catch {
    try {
      return new AudioContext()
    } catch (thrown) {
      throw noOutput(thrown)
    }
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Resumes `context`, with a timeout, because a browser that waits for a gesture never settles `resume`. */
export async function startOutput(context: AudioContext): Promise<void> {
  try {
    await Promise.race([context.resume(), pause(startTimeoutMs)])
  } catch (thrown) {
    throw thrown instanceof DOMException && thrown.name === 'NotAllowedError' ? blocked() : noOutput(thrown)
  }
  if (context.state === 'running') return
  throw navigator.userActivation?.hasBeenActive ? noOutput() : blocked()
}

/**
 * Whether time advances in a running `context`: without an output device, its state can be running while its clock
 * stands still.
 */
export async function clockMoves(context: AudioContext): Promise<boolean> {
  const since = context.currentTime
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 50) {
    if (context.currentTime > since) return true
    await pause(50)
  }
  return false
}
