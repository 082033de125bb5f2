/** The only place that decides by a file's content how it is opened. */
import { importChunk } from '../base/import-chunk.ts'
import { audioHeadBytes, identify, identifyAudio, isAudio } from '../io/identify.ts'
import { openMelFile } from '../io/mel/open-mel.ts'
import type { DecodedFile, MelReading, OpenedFile, OpenInput, SourceFile } from './analysis.ts'
import type { AudioContent } from './read-audio.ts'

/** Rejects with the problems of `identify`, of the file's format, and `audio-too-short`. */
export async function openFile(input: OpenInput): Promise<OpenedFile> {
  const content = await read(input)
  if (content.kind === 'mel') return { kind: 'mel', ...(await openMel(input, content.bytes)) }
  if (content.kind === 'encoded-audio') return content
  const { samples, sampleRateHz, ...report } = content.recording
  const audio = { samples, sampleRateHz }
  const { analyse } = await importChunk(import('./analyse.ts'))
  const analysed = analyse({ audio, convention: input.target, keepLevel: input.keepLevel })
  return { kind: 'audio', ...analysed, ...report, fileRateHz: sampleRateHz }
}

/** Rejects with the problems of `identify`, and of the format of audio. */
export async function decodeFile(file: SourceFile): Promise<DecodedFile> {
  const content = await read(file)
  return content.kind === 'mel' ? { kind: 'mel' } : content
}

/** The readers of audio, which only pages that open recordings fetch. Rejects with `part-unreachable`. */
const readers = () => importChunk(import('./read-audio.ts'))

type Content = { readonly kind: 'mel'; readonly bytes: Uint8Array<ArrayBuffer> } | AudioContent

/** Recordings can be far larger than mels, so they are recognised, and refused if too long, by their first bytes. */
async function read({ name, blob, channel }: SourceFile): Promise<Content> {
  const head = await bytesOf(blob.slice(0, audioHeadBytes))
  const byHead = identifyAudio(head, name)
  if (byHead) (await readers()).refuseLongAudio(byHead, head, blob.size, name)
  const bytes = await bytesOf(blob)
  const format = byHead ?? identify(bytes, name)
  if (isAudio(format)) return (await readers()).readAudio(format, bytes, name, { channel })
  return { kind: 'mel', bytes }
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

async function openMel(
  { name, target, producerFiles, override, corrected }: OpenInput,
  bytes: Uint8Array<ArrayBuffer>,
) {
  const input = { name, bytes, target, producerFiles }
  const opened = await openMelFile({ ...input, override })
  if (!corrected || Object.keys(corrected.override).length === 0) return opened
  const isAlike = !opened.mel || isSameReading(opened.report.reading, corrected.recognised)
  return isAlike ? openMelFile({ ...input, override: { ...corrected.override, ...override } }) : opened
}

/** The axis and the number of frames may differ between files that are alike. */
function isSameReading(one: MelReading, other: MelReading): boolean {
  return JSON.stringify([one.values, one.convention]) === JSON.stringify([other.values, other.convention])
}
