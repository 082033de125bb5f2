/** The only place that decides by a file's content how it is opened. */
import { identify } from '../io/identify.ts'
import { openMelFile } from '../io/mel/open-mel.ts'
import { decodeWav } from '../io/wav/wav-reader.ts'
import { analyse } from './analyse.ts'
import type { Audio, DecodedFile, OpenedFile, OpenInput, SourceFile } from './analysis.ts'

/** Throws the problems of `identify`, of the file's format, and `audio-too-short`. */
export function openFile(input: OpenInput): OpenedFile {
  const { name, bytes, target } = input
  switch (identify(bytes, name)) {
    case 'other-audio':
      return { kind: 'encoded-audio' }
    case 'wav': {
      const audio = wavAudio(input)
      return { kind: 'audio', ...analyse(audio, target), fileRateHz: audio.sampleRateHz }
    }
    default:
      return { kind: 'mel', ...openMel(input) }
  }
}

/** Throws the problems of `identify` and of `decodeWav`. */
export function decodeFile(file: SourceFile): DecodedFile {
  switch (identify(file.bytes, file.name)) {
    case 'other-audio':
      return { kind: 'encoded-audio' }
    case 'wav':
      return { kind: 'audio', audio: wavAudio(file) }
    default:
      return { kind: 'mel' }
  }
}

function openMel({ answer, ...input }: OpenInput) {
  const opened = openMelFile(input)
  const isAnswered = answer && Object.keys(answer).length > 0
  return opened.mel === undefined && isAnswered ? openMelFile({ ...input, override: answer }) : opened
}

function wavAudio({ name, bytes }: SourceFile): Audio {
  const { samples, sampleRateHz } = decodeWav(bytes, name)
  return { samples, sampleRateHz }
}
