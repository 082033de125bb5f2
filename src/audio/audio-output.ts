/** The way out of the page: opening an audio context at the takes' rate, and what to say when no sound can come of it. */
import { ProblemError } from '../base/problem.ts'

/** A context that was not let run by then waits for a gesture, or for a device that is not there. */
const startTimeoutMs = 2000

export function noOutput(cause?: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'playback-no-output',
      message: 'The browser found no working audio output.',
      accepted: 'loudspeakers or headphones that other pages can play on',
      remedy: 'Connect or choose an output device in the system settings and press Play again.',
    },
    { cause },
  )
}

const blocked = () =>
  new ProblemError({
    code: 'playback-blocked',
    message: 'The browser does not let this page play sound yet.',
    accepted: 'Play pressed by mouse, touch or keyboard',
    remedy: 'Press Play on the page; if it stays silent, allow sound for this site in the browser.',
  })

/**
 * A context at `sampleRateHz`, so that takes of that rate are played as they are; where the device or the browser has no
 * such rate, at the device's own. The caller closes it. Throws a ProblemError.
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

/** Lets `context` run. A browser that waits for a gesture leaves `resume` pending for ever, hence the patience. */
export async function startOutput(context: AudioContext): Promise<void> {
  try {
    await Promise.race([context.resume(), pause(startTimeoutMs)])
  } catch (thrown) {
    throw noOutput(thrown)
  }
  if (context.state === 'running') return
  throw navigator.userActivation?.hasBeenActive ? noOutput() : blocked()
}

/** Whether time passes in a running `context`: without an output device it may say that it runs, and stand still. */
export async function clockMoves(context: AudioContext): Promise<boolean> {
  const since = context.currentTime
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 50) {
    if (context.currentTime > since) return true
    await pause(50)
  }
  return false
}
