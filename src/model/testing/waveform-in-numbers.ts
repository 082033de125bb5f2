/** The prior in plain numbers, which tests compare with the one in tensors. */
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import { ownCorrections, shapeByPrior, withCorrections } from '../prior/prior.ts'
import { clip, type Vocoder } from '../vocoder.ts'

/** y_0 of the process [frames * hop] -> waveform [frames * hop], in [-1, 1]. */
export async function waveformInNumbers(
  { config }: Pick<Vocoder, 'config'>,
  process: Float32Array,
  mel: MelSpectrogram,
  corrections: MelCorrections = ownCorrections(config),
  voicing?: Float32Array,
): Promise<Float32Array<ArrayBuffer>> {
  const options = voicing && { voicing }
  return clip(await shapeByPrior(process, mel, withCorrections(config, corrections), options))
}
