/**
 * Refusals of the file readers: one call that names the file, the finding, the accepted values and the remedy. All of
 * it is text for people: sentences end with a full stop, and values keep the notation of the tool that wrote them.
 */
import { ProblemError } from '../base/problem.ts'

export type RefusalDetail = {
  readonly found?: string
  readonly accepted?: string
  readonly remedy?: string
}

/** The `refuse` function for one file: readers create it once and pass it on. It always throws a `ProblemError`. */
export type Refuse = (code: string, message: string, detail?: RefusalDetail, cause?: unknown) => never

/** The remedy for a truncated file. */
export const fetchAgain = 'The file was probably truncated when it was copied or downloaded: fetch it again.'

/** The remedy for audio that ffmpeg reads and this page does not; `file` is the name in the command. */
export const convertWith = (file: string): string =>
  `Convert it to WAV: ffmpeg -i ${shellQuoted(file)} -c:a pcm_s16le out.wav`

/** A file's name as a word of a command: it comes from others, and people copy the command into a shell. */
export function shellQuoted(name: string): string {
  if (/^[\w][\w.-]*$/.test(name)) return name
  const printable = name.replace(/\p{C}/gu, '')
  return `'./${printable.replaceAll("'", `'\\''`)}'`
}

/** `what` completes the sentence "<file> ...": `refuse('npy-empty', 'is empty')`. */
export function refusalsOf(file: string): Refuse {
  return (code, what, detail = {}, cause) => {
    throw new ProblemError({ code, message: `${file} ${what}.`, file, ...detail }, { cause })
  }
}

/** Text from an untrusted file, truncated and without control characters, safe to include in a message. */
export function quoted(text: string, maxLength = 60): string {
  const printable = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '\u00b7')
  return printable.length > maxLength ? `"${printable.slice(0, maxLength)}..."` : `"${printable}"`
}
