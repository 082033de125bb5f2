/** What a vocoder gets, from where it lies: the mel, and the recording that it was computed from where there is one. */
import type { Audio } from '../analysis/analysis.ts'
import { ProblemError } from '../base/problem.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { Services } from './services.ts'
import type { Example } from './state.ts'

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

/** A bundled example. Rejects with what the shelf or the analysis says. */
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
