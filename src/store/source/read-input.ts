/** Reads the input of a vocoder: the mel, and the recording from which it was computed if there is one. */
import type { Audio, FileKind, MelFileReport, MelReading } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { Example, MelFile } from './source-state.ts'

export type Input = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** The recording at the convention's sampling rate, cut to whole frames. */
  readonly recording?: Audio
}

/** Reads audio for copy synthesis: the mel is computed from it. */
export async function readAudio(
  { analysis }: Pick<Services, 'analysis'>,
  audio: Audio,
  convention: MelConvention,
): Promise<Input & { readonly recording: Audio }> {
  const analysed = await analysis.analyse({ audio, convention })
  return { mel: analysed.mel, convention, recording: analysed.audio }
}

/** Reads a bundled example. Rejects with the problems of the example library or the analysis. */
export async function readExample(
  { analysis, examples }: Pick<Services, 'analysis' | 'examples'>,
  example: Example,
  convention: MelConvention,
): Promise<Input> {
  const [bytes, audioBytes] = await Promise.all([
    examples.read(example.mel),
    example.audio ? examples.read(example.audio) : undefined,
  ])
  const { mel } = await analysis.openMel({ name: example.mel, bytes, target: convention })
  if (!mel) {
    throw new ProblemError({
      code: 'examples-unreadable',
      message: `The bundled example “${example.title}” is not what it should be.`,
      remedy: 'Open a file of your own; or reload the page.',
      file: example.mel,
    })
  }
  if (!example.audio || !audioBytes) return { mel, convention }
  const audio = await analysis.decodeWav({ name: example.audio, bytes: audioBytes })
  return { mel, convention, recording: (await readAudio({ analysis }, audio, convention)).recording }
}

export type FileInput = Input & {
  readonly kind: FileKind
  /** Describes how the values of a mel file were interpreted. */
  readonly readAs?: string
}

/** How the mel files of a batch are read beyond what they show. */
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
  const { analysis, decodeAudio } = services
  const named = await bytesOf(file)
  const kind = await analysis.identify(named)
  if (kind === 'mel') {
    const producerFiles = await Promise.all(beside.map(bytesOf))
    const open = (override: Partial<MelReading>) =>
      analysis.openMel({
        ...named,
        target: convention,
        producerFiles,
        override: { ...override, cutPadding: true },
      })
    const asItIs = await open({})
    const isAlike = corrected && (!asItIs.mel || isSameReading(asItIs.report.reading, corrected.recognised))
    const answers = isAlike && Object.keys(corrected.override).length > 0
    const { mel, report } = answers ? await open(corrected.override) : asItIs
    if (mel) return { kind, mel, convention, readAs: readAsText(report) }
    throw new ProblemError({
      code: 'mel-question',
      message: `How ${file.name} is to be read cannot be told from its numbers.`,
      found: report.question,
      remedy:
        'Answer the question once on the page, then try again: the batch reads all files like it in the same way.',
      file: file.name,
    })
  }
  const audio = await (kind === 'wav' ? analysis.decodeWav(named) : decodeAudio(named))
  return { ...(await readAudio(services, audio, convention)), kind }
}

/** The axis and the number of frames may differ between files that are alike. */
function isSameReading(one: MelReading, other: MelReading): boolean {
  return JSON.stringify([one.values, one.convention]) === JSON.stringify([other.values, other.convention])
}

function readAsText({ recognisedAs, conversionNote, padding }: MelFileReport): string {
  const cut = padding && `${padding.head + padding.tail} frames of padding were cut.`
  return [`${recognisedAs}.`, conversionNote, cut].filter(Boolean).join(' ')
}
