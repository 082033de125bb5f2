/**
 * Opens the files that the user drops or picks: as a mel or as audio, by their content. The analysis does all of it in
 * one call, except for compressed audio, which only the browser can decode.
 */
import type { EncodedAudio, OpenedFile, OpenInput, Recording } from '../analysis/analysis.ts'
import type { NamedBlob } from './file-bytes.ts'
import type { Services } from './services.ts'

type Opener = Pick<Services, 'analysis' | 'decodeAudio'>

export type OpenedAudio = Extract<OpenedFile, { kind: 'audio' }>

/** Rejects with the file's problem. */
export async function openFile(
  { analysis, decodeAudio }: Opener,
  input: OpenInput,
): Promise<Exclude<OpenedFile, EncodedAudio>> {
  const opened = await analysis.open(input)
  if (opened.kind !== 'encoded-audio') return opened
  const { name, blob, channel, target, keepLevel } = input
  const decoded = await decodeAudio({ name, blob, channel, container: opened.container })
  const { channels, ...audio } = decoded
  const analysed = await analysis.analyse({ audio, convention: target, keepLevel })
  return { kind: 'audio', ...analysed, channels, fileRateHz: audio.sampleRateHz }
}

/** Reads audio at the file's own level and rate; undefined for a mel. Rejects with the file's problem. */
export async function readAudioFile(
  { analysis, decodeAudio }: Opener,
  file: NamedBlob,
): Promise<Recording | undefined> {
  const decoded = await analysis.decode(file)
  if (decoded.kind === 'encoded-audio') return decodeAudio({ ...file, container: decoded.container })
  return decoded.kind === 'audio' ? decoded.recording : undefined
}
