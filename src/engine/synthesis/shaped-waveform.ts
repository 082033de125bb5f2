/** The waveform of a process: shaped by the prior in tensors, one window at a time, so that memory is constant. */
import type * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import type { WebGpuDevice } from '../backends/webgpu-device.ts'
import { computed } from './computed.ts'
import type { ShapingOptions } from './waveform-pieces.ts'
import { type MelWindow, windowsOfMel } from './windows/windows-of-mel.ts'

type Options = ShapingOptions & {
  /** Maximum number of frames that the prior processes at once, besides halos. */
  readonly chunkFrames: number
  /** The default is the model's own. */
  readonly corrections?: MelCorrections
  readonly gpu?: WebGpuDevice
}

/**
 * Returns [frames * hop], in [-1, 1]. `processOf` returns the process in a window, [1, samples], within a tidy. Rejects
 * as `computed` does.
 */
export async function shapedWaveform(
  model: Vocoder,
  mel: MelSpectrogram,
  processOf: (window: MelWindow) => tf.Tensor2D,
  { chunkFrames, corrections, gpu, betweenPasses, voicing }: Options,
): Promise<Float32Array<ArrayBuffer>> {
  const { hopSamples } = model.config.mel
  const waveform = new Float32Array(mel.frames * hopSamples)
  const haloFrames = model.shapedHaloFrames(corrections)
  for (const window of windowsOfMel(mel, hopSamples, { chunkFrames, haloFrames })) {
    await betweenPasses()
    const shaped = () => window.exact(model.shaped(processOf(window), window.mel, corrections))
    waveform.set(await computed(gpu, shaped), window.start)
  }
  return model.finished(waveform, mel, {
    betweenPasses,
    ...(corrections && { corrections }),
    ...(voicing && { voicing }),
  })
}
