/** Problems with the microphone, each with a remedy and an alternative without a microphone. */
import { ProblemError } from '../../base/problem.ts'

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
    message: 'The microphone was found but could not be started; another program may be using it.',
    remedy: `Close the other program, or the call in another tab, and record again. ${instead}`,
  },
  'insecure-page': {
    code: 'microphone-insecure-page',
    message: 'The browser does not give a microphone to a page on an insecure connection.',
    accepted: 'the page over https, or on localhost',
    remedy: `Open the page at an https address. ${instead}`,
  },
  unplugged: {
    code: 'microphone-unplugged',
    message: 'The microphone was disconnected during the recording, which was discarded.',
    remedy: `Reconnect it, or check that this page may still use it, and record again. ${instead}`,
  },
  silent: {
    code: 'microphone-silent',
    message: 'The recording is silent.',
    accepted: 'a peak above -60 dB of full scale',
    remedy: `Check that the microphone is not muted and that the right one is selected, and record again. ${instead}`,
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

/** Error names of `getUserMedia` (Media Capture and Streams, 10.2). */
const failureOfName: Readonly<Record<string, MicrophoneFailure>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/** The problem for an error of `getUserMedia` or of the start of the capture; unknown errors are `busy`. */
export function microphoneProblemOf(thrown: unknown): ProblemError {
  const name = thrown instanceof Error ? thrown.name : ''
  return microphoneProblem(failureOfName[name] ?? 'busy', { found: name || undefined }, thrown)
}
