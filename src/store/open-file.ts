/**
 * Opens the files that the user drops or picks: as a mel or as audio, by their content. The analysis does all of it in
 * one call, except for compressed audio, which only the browser can decode.
 */
import type { Audio, OpenedFile, OpenInput } from '../analysis/analysis.ts'
import type { NamedBytes } from './file-bytes.ts'
import type { Services } from './services.ts'

type Opener = Pick<Services, 'analysis' | 'decodeAudio'>

/** Rejects with the file's problem. */
export async function openFile(
  { analysis, decodeAudio }: Opener,
  input: OpenInput,
): Promise<Exclude<OpenedFile, { kind: 'encoded-audio' }>> {
  const opened = await analysis.open(input)
  if (opened.kind !== 'encoded-audio') return opened
  const audio = await decodeAudio(input)
  const analysed = await analysis.analyse({ audio, convention: input.target })
  return { kind: 'audio', ...analysed, fileRateHz: audio.sampleRateHz }
}

/** Reads the first channel at the file's own rate; undefined for a mel. Rejects with the file's problem. */
export async function readAudioFile(
  { analysis, decodeAudio }: Opener,
  file: NamedBytes,
): Promise<Audio | undefined> {
  const decoded = await analysis.decode(file)
  if (decoded.kind === 'encoded-audio') return decodeAudio(file)
  return decoded.kind === 'audio' ? decoded.audio : undefined
}
