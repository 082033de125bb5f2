/**
 * The network as synthesis uses it on a GPU: the process stays there from the noise to the waveform. Only the pitch, a
 * few numbers per frame, is read back on the way, because the phase of its pulses is a sum in float64.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { createPacer } from '../../kernels/webgpu/queue.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import type { Conditioned } from '../../model/vocoder-network.ts'
import type { WebGpuDevice } from '../backends/webgpu-device.ts'
import { type ChunkLimits, planChunks } from './chunk-plan.ts'
import { DeviceSignals } from './device-signals.ts'
import type { WindowNetwork } from './synthesis.ts'
import { computed, onDevice } from './window-evaluator.ts'

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

  /** Windows of an utterance, each with a halo, and the samples of the result that are exact. */
  const windows = ({ frames, values }: MelSpectrogram, haloFrames: number) => {
    const { windowFrames, chunks } = planChunks(frames, { chunkFrames, haloFrames })
    return chunks.map(({ windowStart, start, end }) => {
      const windowEnd = windowStart + windowFrames
      const mel = {
        frames: windowFrames,
        bands,
        values: values.subarray(windowStart * bands, windowEnd * bands),
      }
      const samples = (of: tf.Tensor2D, first: number, count: number) =>
        of.slice<tf.Tensor2D>([0, first * hopSamples], [1, count * hopSamples])
      return {
        mel,
        start: start * hopSamples,
        ofWindow: (whole: tf.Tensor2D) => samples(whole, windowStart, windowFrames),
        exact: (result: tf.Tensor2D) => samples(result, start - windowStart, end - start),
        frames: <Values extends Float32Array>(perFrame: Values) => perFrame.subarray(windowStart, windowEnd),
      }
    })
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
    async waveform(process, mel, options) {
      const waveform = new Float32Array(process.size)
      for (const window of windows(mel, model.shapedHaloFrames(corrections))) {
        await options.betweenPasses()
        const shaped = () => model.shaped(window.ofWindow(process), window.mel, corrections)
        waveform.set(await computed(gpu, () => window.exact(shaped())), window.start)
      }
      return model.finished(waveform, mel, { ...options, ...(corrections && { corrections }) })
    },
    pitch: pitch && {
      haloFrames: pitch.haloFrames,
      track: async (mel) => pitch.track(await computed(gpu, () => pitch.logits(melTensor(mel)))),
      pulses: (track) => signals.upload(pitch.pulses(track)),
      mixed(noise, { voicing }, pulses) {
        const mel = { frames: voicing.length, bands, values: new Float32Array() }
        const pieces = windows(mel, pitch.mixedHaloFrames).map(({ start, ofWindow, exact, frames }) => ({
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
