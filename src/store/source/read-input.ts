/** What a vocoder gets, from where it lies: the mel, and the recording that it was computed from where there is one. */
import type { Audio, FileKind, MelReading } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { Example } from './source-state.ts'

export type Input = {
  readonly mel: MelSpectrogram
  readonly convention: MelConvention
  /** At the convention's rate, cut to whole frames. */
  readonly recording?: Audio
}

/** Copy synthesis: the mel is that of the audio. */
export async function readAudio(
  { analysis }: Pick<Services, 'analysis'>,
  audio: Audio,
  convention: MelConvention,
): Promise<Input & { readonly recording: Audio }> {
  const analysed = await analysis.analyse({ audio, convention })
  return { mel: analysed.mel, convention, recording: analysed.audio }
}

/** A bundled example. Rejects with what the example library or the analysis says. */
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
  /** Of a mel: what its numbers were taken for. */
  readonly readAs?: string
}

/**
 * A file that a person chose, told by its content. A mel whose numbers leave a question open is read as `reading` says.
 * Rejects with what is wrong with the file; with `mel-question` where the question stays open.
 */
export async function readFile(
  services: Pick<Services, 'analysis' | 'decodeAudio'>,
  file: File,
  convention: MelConvention,
  reading: Partial<MelReading> = {},
): Promise<FileInput> {
  const { analysis, decodeAudio } = services
  const named = await bytesOf(file)
  const kind = await analysis.identify(named)
  if (kind === 'mel') {
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
  const audio = await (kind === 'wav' ? analysis.decodeWav(named) : decodeAudio(named))
  return { ...(await readAudio(services, audio, convention)), kind }
}
