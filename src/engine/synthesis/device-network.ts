/**
 * The network as synthesis uses it on a GPU: the process stays there from the noise to the waveform. Only the pitch, a
 * few numbers per frame, is read back on the way, because the phase of its pulses is a sum in float64.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import { pulsesBetween } from '../../dsp/signals/excitation.ts'
import { createPacer } from '../../kernels/webgpu/queue.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import type { Conditioned } from '../../model/vocoder-network.ts'
import type { WebGpuDevice } from '../backends/webgpu-device.ts'
import { computed, onDevice } from './computed.ts'
import { DeviceSignals } from './device-signals.ts'
import { shapedWaveform } from './shaped-waveform.ts'
import type { ChunkLimits } from './windows/chunk-plan.ts'
import type { WindowNetwork } from './windows/window-network.ts'
import { windowsOfMel } from './windows/windows-of-mel.ts'

/**
 * Rejects with `out-of-memory`, `device-lost` or `gpu-error` problems, which the engine handles. `corrections` default
 * to the model's own; `chunkFrames` limit the frames that the prior processes at once.
 */
export function deviceNetwork(
  model: Vocoder,
  gpu: WebGpuDevice | undefined,
  { chunkFrames }: Pick<ChunkLimits, 'chunkFrames'>,
  corrections?: MelCorrections,
): WindowNetwork<tf.Tensor2D> {
  const { pitch } = model
  const { hopSamples, bands } = model.config.mel
  const signals = new DeviceSignals()
  const pace = createPacer()
  const melTensor = (mel: Float32Array) => tf.tensor3d(mel, [1, mel.length / bands, bands])

  /** The conditioning of the latest window. Every step uses it if the utterance is a single window. */
  let last: { readonly mel: Float32Array; readonly conditioned: Conditioned } | undefined
  const condition = (mel: Float32Array, pulses: tf.Tensor2D | undefined) => {
    if (last && last.mel.byteOffset === mel.byteOffset && last.mel.length === mel.length)
      return last.conditioned
    last?.conditioned.dispose()
    last = undefined
    const given = melTensor(mel)
    const conditioned = model.condition(given, pulses)
    given.dispose()
    last = { mel, conditioned }
    return conditioned
  }

  return {
    signals,
    hopSamples,
    bands,
    haloFrames: model.haloFrames,
    prediction: model.config.prediction,
    evaluate: (mel, y, noiseLevel, pulses) =>
      onDevice(gpu, async () => {
        await pace()
        const conditioned = condition(mel, pulses)
        return signals.hold(() => conditioned.predict(y, [noiseLevel]))
      }),
    waveformHaloFrames: model.waveformHaloFrames(corrections),
    waveform: (process, mel, options) =>
      shapedWaveform(model, mel, ({ ofWindow }) => ofWindow(process), {
        ...options,
        chunkFrames,
        corrections,
        gpu,
      }),
    pitch: pitch && {
      haloFrames: pitch.haloFrames,
      track: async (mel) => pitch.track(await computed(gpu, () => pitch.logits(melTensor(mel)))),
      pulses(track) {
        const pulses = pitch.pulses(track)
        const signal = signals.upload(pulsesBetween(pulses, 0, pulses.samples))
        return (first, end) => signals.cut([{ start: 0, signal }], first, end)
      },
      mixed(noise, { voicing }, pulses) {
        const mel = { frames: voicing.length, bands, values: new Float32Array() }
        const limits = { chunkFrames, haloFrames: pitch.mixedHaloFrames }
        const pieces = windowsOfMel(mel, hopSamples, limits).map(({ start, ofWindow, exact, frames }) => ({
          start,
          signal: signals.hold(() =>
            exact(pitch.mixedTensors(ofWindow(noise), ofWindow(pulses), frames(voicing))),
          ),
        }))
        return signals.cut(pieces, 0, noise.size)
      },
    },
    endJob() {
      last?.conditioned.dispose()
      last = undefined
      signals.releaseAll()
    },
  }
}
