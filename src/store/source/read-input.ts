/** Reads the input of a vocoder: the mel, and the recording from which it was computed if there is one. */
import type { Audio, MelFileReport } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { blobOf, bytesOf, readable } from '../file-bytes.ts'
import { openFile } from '../open-file.ts'
import type { Services } from '../services.ts'
import { channelText, cutText, levelText } from './recording-notes.ts'
import type { Example, MelFile } from './source-state.ts'

export type Input = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** The recording at the convention's sampling rate, cut to whole frames. */
  readonly recording?: Audio
}

/** Reads audio for copy synthesis: the mel is computed from it. `note` reports a change of level. */
export async function readAudio(
  { analysis }: Pick<Services, 'analysis'>,
  audio: Audio,
  convention: MelConvention,
): Promise<Input & { readonly recording: Audio; readonly note?: string }> {
  const analysed = await analysis.analyse({ audio, convention })
  const note = levelText(analysed)
  return { mel: analysed.mel, convention, recording: analysed.audio, ...(note && { note }) }
}

/** Reads a bundled example. Rejects with the problems of the example library or the analysis. */
export async function readExample(
  services: Pick<Services, 'analysis' | 'examples' | 'decodeAudio'>,
  example: Example,
  convention: MelConvention,
): Promise<Input> {
  const { analysis, examples } = services
  const [bytes, audioBytes] = await Promise.all([
    examples.read(example.mel),
    example.audio ? examples.read(example.audio) : undefined,
  ])
  const opened = await analysis.open({ ...blobOf({ name: example.mel, bytes }), target: convention })
  const mel = opened.kind === 'mel' ? opened.mel : undefined
  if (!mel) {
    throw new ProblemError({
      code: 'examples-unreadable',
      message: `The bundled example “${example.title}” cannot be read.`,
      remedy: 'Open a file of your own, or reload the page.',
      file: example.mel,
    })
  }
  if (!example.audio || !audioBytes) return { mel, convention }
  const audioFile = blobOf({ name: example.audio, bytes: audioBytes })
  const sound = await openFile(services, { ...audioFile, target: convention })
  return { mel, convention, ...(sound.kind === 'audio' && { recording: sound.audio }) }
}

export type FileInput = Input & {
  readonly kind: 'mel' | 'audio'
  /** Describes how the values of a mel file, or the channels and the level of a recording, were interpreted. */
  readonly readAs?: string
}

/** Information about the mel files of a batch that the files themselves lack. */
export type ReadingHelp = {
  /** The files of their producer that were dropped with them. */
  readonly producerFiles?: readonly File[]
  /** The mel file on the page, whose corrections apply to files that are read as it was. */
  readonly corrected?: Pick<MelFile, 'override' | 'recognised'>
}

/**
 * Reads a file that the user chose, by its content; padding of a mel is cut. Rejects with the problem of the file, or
 * with `mel-question` if its values are ambiguous and the page's mel file does not answer for it.
 */
export async function readFile(
  services: Pick<Services, 'analysis' | 'decodeAudio'>,
  file: File,
  convention: MelConvention,
  { producerFiles: beside = [], corrected }: ReadingHelp = {},
): Promise<FileInput> {
  const producerFiles = await Promise.all(beside.map(bytesOf))
  const opened = await openFile(services, {
    ...(await readable(file)),
    target: convention,
    producerFiles,
    override: { cutPadding: true },
    corrected,
  })
  const { kind, mel } = opened
  if (kind === 'audio') {
    const readAs = [cutText(file.name, opened), channelText(file.name, opened.channels), levelText(opened)]
      .filter(Boolean)
      .join(' ')
    return { kind, mel, convention, recording: opened.audio, ...(readAs && { readAs }) }
  }
  const { report } = opened
  if (mel) return { kind, mel, convention, readAs: readAsText(report) }
  throw new ProblemError({
    code: 'mel-question',
    message: `The numbers in ${file.name} do not show how to read them.`,
    found: report.question,
    remedy:
      'Answer the question once on the page, then try again: the batch reads all files like it in the same way.',
    file: file.name,
  })
}

function readAsText({ recognisedAs, conversionNote, padding }: MelFileReport): string {
  const cut = padding && `${padding.head + padding.tail} frames of padding were cut.`
  return [`Read as ${recognisedAs}.`, conversionNote, cut].filter(Boolean).join(' ')
}
