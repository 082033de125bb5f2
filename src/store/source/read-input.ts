/** Reads the input of a vocoder: the mel, and the recording from which it was computed if there is one. */
import type { Audio, FileKind, MelReading } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { blobOf, bytesOf, readable } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import { channelText, levelText, readRecording } from './read-recording.ts'
import type { Example } from './source-state.ts'

export type Input = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** The recording at the convention's sampling rate, cut to whole frames. */
  readonly recording?: Audio
}

/** Reads audio for copy synthesis: the mel is computed from it. `note` is about a level that had to be changed. */
export async function readAudio(
  { analysis }: Pick<Services, 'analysis'>,
  audio: Audio,
  convention: MelConvention,
): Promise<Input & { readonly recording: Audio; readonly note?: string }> {
  const levelled = await analysis.levelRecording(audio)
  const analysed = await analysis.analyse({ audio: levelled.audio, convention })
  const note = levelText(levelled)
  return { mel: analysed.mel, convention, recording: analysed.audio, ...(note && { note }) }
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
  const audio = await analysis.decodePcm(blobOf({ name: example.audio, bytes: audioBytes }))
  return { mel, convention, recording: (await readAudio({ analysis }, audio, convention)).recording }
}

export type FileInput = Input & {
  readonly kind: FileKind
  /** Describes how the values of a mel file, or the channels and the level of a recording, were interpreted. */
  readonly readAs?: string
}

/**
 * Reads a file that the user chose, by its content. If the values of a mel are ambiguous, `reading` decides. Rejects
 * with the problem of the file, or with `mel-question` if the ambiguity remains.
 */
export async function readFile(
  services: Pick<Services, 'analysis' | 'decodeAudio'>,
  file: File,
  convention: MelConvention,
  reading: Partial<MelReading> = {},
): Promise<FileInput> {
  const { analysis } = services
  const kind = await analysis.identify(await readable(file))
  if (kind === 'mel') {
    const named = await bytesOf(file)
    const open = (override: Partial<MelReading>) =>
      analysis.openMel({ ...named, target: convention, override })
    const asItIs = await open({})
    const { mel, report } =
      asItIs.mel === undefined && Object.keys(reading).length > 0 ? await open(reading) : asItIs
    if (mel) return { kind, mel, convention, readAs: report.recognisedAs }
    throw new ProblemError({
      code: 'mel-question',
      message: `How ${file.name} is to be read cannot be told from its numbers.`,
      found: report.question,
      remedy:
        'Open it on the page with “Open a mel or audio file” and answer the question there, then try again: the batch reads such files as the one on the page was read.',
      file: file.name,
    })
  }
  const { channels, ...audio } = await readRecording(services, kind, await readable(file))
  const { note, ...input } = await readAudio(services, audio, convention)
  const readAs = [channelText(file.name, channels), note].filter((text) => text !== undefined).join(' ')
  return { ...input, kind, ...(readAs && { readAs }) }
}
