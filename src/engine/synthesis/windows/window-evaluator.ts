/**
 * The network as synthesis uses it: plain numbers in and out, one window at a time. Tensors exist only within a call.
 * Results that depend only on the mel are recomputed for every window and step, because storing them would take memory
 * that grows with the utterance. Only the pitch, one value per frame, is computed once.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../../base/mel-corrections.ts'
import { plainSignals } from '../../../diffusion/signals.ts'
import { pulsesBetween } from '../../../dsp/signals/excitation.ts'
import type { Vocoder } from '../../../model/vocoder.ts'
import type { WebGpuDevice } from '../../backends/webgpu-device.ts'
import { chunkFramesLadder } from '../../restart-rules.ts'
import { computed } from '../computed.ts'
import { shapedWaveform } from '../shaped-waveform.ts'
import type { WindowNetwork } from './window-network.ts'

/** A window of the prior is so many times as long as one of the network, which has far more values per frame. */
const priorScale = 4

export type WindowNetworkOptions = {
  /** The default is the model's own. */
  readonly corrections?: MelCorrections
  /** The chunk size of the network, which also limits the windows of the prior. */
  readonly chunkFrames?: number
}

/** Rejects with `out-of-memory`, `device-lost` or `gpu-error` problems, which the engine handles. */
export function windowNetwork(
  model: Vocoder,
  gpu: WebGpuDevice | undefined,
  { corrections, chunkFrames = chunkFramesLadder[0] }: WindowNetworkOptions = {},
): WindowNetwork {
  const { pitch } = model
  const { hopSamples, bands } = model.config.mel
  const melTensor = (mel: Float32Array) => tf.tensor3d(mel, [1, mel.length / bands, bands])
  return {
    signals: plainSignals,
    hopSamples,
    bands,
    haloFrames: model.haloFrames,
    prediction: model.config.prediction,
    waveformHaloFrames: model.waveformHaloFrames(corrections),
    waveform: (process, mel, options) =>
      shapedWaveform(
        model,
        mel,
        ({ ofWindow }) => tf.tensor2d(ofWindow(process), [1, ofWindow(process).length]),
        { ...options, chunkFrames: priorScale * chunkFrames, corrections, gpu },
      ),
    evaluate: (mel, y, noiseLevel, pulses) =>
      computed(gpu, () => {
        const excitation = pulses && tf.tensor2d(pulses, [1, pulses.length])
        const conditioned = model.condition(melTensor(mel), excitation)
        return conditioned.predict(tf.tensor2d(y, [1, y.length]), [noiseLevel])
      }),
    pitch: pitch && {
      haloFrames: pitch.haloFrames,
      track: async (mel) => pitch.track(await computed(gpu, () => pitch.logits(melTensor(mel)))),
      pulses(track) {
        const pulses = pitch.pulses(track)
        return (first, end) => pulsesBetween(pulses, first, end)
      },
      mixed: (noise, track, pulses) => model.mixed(noise, { ...track, pulses }),
    },
  }
}
