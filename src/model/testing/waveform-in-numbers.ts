/** The prior in plain numbers, which tests compare with the one in tensors. */
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { shapeByPrior, withCorrections } from '../prior.ts'
import { clip, type Vocoder } from '../vocoder.ts'

/** y_0 of the process [frames * hop] -> waveform [frames * hop], in [-1, 1]. */
export async function waveformInNumbers(
  { config }: Pick<Vocoder, 'config'>,
  process: Float32Array,
  mel: MelSpectrogram,
  corrections: MelCorrections = { count: config.priorCorrections, momentum: config.priorMomentum },
): Promise<Float32Array<ArrayBuffer>> {
  return clip(await shapeByPrior(process, mel, withCorrections(config, corrections)))
}
