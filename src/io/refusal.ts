/**
 * How the readers of this room say no: one call that names the file, what was found, what is accepted and what to do. All
 * of it is text for people, so sentences end with a full stop and values keep the notation of the tool that wrote them.
 */
import { ProblemError } from '../base/problem.ts'

export type RefusalDetail = {
  readonly found?: string
  readonly accepted?: string
  readonly remedy?: string
}

/** A `refuse` for one file: readers make it once and pass it down. Always throws a `ProblemError`. */
export type Refuse = (code: string, message: string, detail?: RefusalDetail, cause?: unknown) => never

/** The remedy for a file that ends too soon. */
export const fetchAgain = 'The file was probably cut short when it was copied or downloaded: fetch it again.'

/** `what` completes the sentence "<file> ...": `refuse('npy-empty', 'is empty')`. */
export function refusalsOf(file: string): Refuse {
  return (code, what, detail = {}, cause) => {
    throw new ProblemError({ code, message: `${file} ${what}.`, file, ...detail }, { cause })
  }
}

/** Text from an untrusted file, cut and without control characters, fit to stand in a message. */
export function quoted(text: string, maxLength = 60): string {
  const printable = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '\u00b7')
  return printable.length > maxLength ? `"${printable.slice(0, maxLength)}..."` : `"${printable}"`
}
