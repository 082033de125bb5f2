/** What can go wrong with a microphone, in words that say what to do; each also offers the way without one. */
import { ProblemError } from '../base/problem.ts'

const instead = 'Or open an audio file instead.'

const microphoneProblems = {
  denied: {
    code: 'microphone-denied',
    message: 'The browser or the system does not let this page use the microphone.',
    remedy: `Allow the microphone for this site (at the left end of the address bar) and record again. ${instead}`,
  },
  absent: {
    code: 'microphone-absent',
    message: 'No microphone was found.',
    remedy: `Connect a microphone and record again. ${instead}`,
  },
  busy: {
    code: 'microphone-busy',
    message: 'The microphone is there but could not be started; another program may be using it.',
    remedy: `Close the other program, or the call in another tab, and record again. ${instead}`,
  },
  'insecure-page': {
    code: 'microphone-insecure-page',
    message: 'The browser gives no microphone to a page that came over an insecure connection.',
    accepted: 'the page over https, or from localhost',
    remedy: `Open the page at such an address. ${instead}`,
  },
  unplugged: {
    code: 'microphone-unplugged',
    message: 'The microphone went away during the recording, which was not kept.',
    remedy: `Connect it again, or check that it may still be used, and record again. ${instead}`,
  },
  silent: {
    code: 'microphone-silent',
    message: 'The recording is silent.',
    accepted: 'a peak above -60 dB of full scale',
    remedy: `Check that the microphone is not muted and that the right one is chosen, and record again. ${instead}`,
  },
} as const

type MicrophoneFailure = keyof typeof microphoneProblems

export function microphoneProblem(
  failure: MicrophoneFailure,
  detail: { readonly found?: string } = {},
  cause?: unknown,
): ProblemError {
  return new ProblemError({ ...microphoneProblems[failure], ...detail }, { cause })
}

/** The names that `getUserMedia` gives to its refusals (Media Capture and Streams, 10.2). */
const failureOfName: Readonly<Record<string, MicrophoneFailure>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** The problem behind what `getUserMedia` or the start of the capture threw; what has no name of its own is `busy`. */
export function microphoneProblemOf(thrown: unknown): ProblemError {
  const name = thrown instanceof Error ? thrown.name : ''
  return microphoneProblem(failureOfName[name] ?? 'busy', { found: name || undefined }, thrown)
}
