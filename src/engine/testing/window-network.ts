/** A network of windows for tests, which needs no backend: its receptive field is known, and so is its result. */
import { plainSignals } from '../../diffusion/signals.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { WindowPitch } from '../synthesis/read-pitch.ts'
import type { WindowNetwork } from '../synthesis/windows/window-network.ts'

export const hopSamples = 4
export const bands = 2
export const betas = [0.02, 0.3, 0.8]
export const limits = { chunkFrames: 32 }
export const whole = { chunkFrames: 100_000 }

/**
 * A stub whose receptive field is exactly its halo, which pads with zeros as the network does, and whose output depends
 * on the mel, on y and on the level.
 */
export function stub(changes: Partial<WindowNetwork> = {}): WindowNetwork {
  return {
    signals: plainSignals,
    bands,
    hopSamples,
    haloFrames: 3,
    prediction: 'v',
    waveform: async (process) => Float32Array.from(process, (value) => 0.1 * value),
    waveformHaloFrames: 0,
    async evaluate(mel, y, level) {
      return Float32Array.from(y, (_, t) => {
        let sum = 0
        for (let offset = -3 * hopSamples; offset <= 3 * hopSamples; offset++) sum += y[t + offset] ?? 0
        const frame = Math.floor(t / hopSamples)
        const context = (mel[(frame - 3) * bands] ?? 0) + (mel[(frame + 3) * bands + 1] ?? 0)
        return level * Math.tanh(sum / 5) + context / 10
      })
    },
    ...changes,
  }
}

export function melOf(frames: number) {
  const values = Float32Array.from({ length: frames * bands }, (_, index) => Math.sin(index / 3))
  return { frames, bands, values }
}

export const request = (frames: number, seed = 7) => ({ mel: melOf(frames), betas, seed })

/** A network with pulses: 2 more than the first band of the mel, over three frames. */
export const excited = (mel: MelSpectrogram) => {
  const pitch: WindowPitch<Float32Array> = {
    haloFrames: 0,
    track: async (values) => ({
      f0Hz: Float32Array.from({ length: values.length / bands }, (_, frame) => values[frame * bands]),
      voicing: new Float32Array(values.length / bands),
    }),
    pulses:
      ({ f0Hz }) =>
      (first, end) =>
        Float32Array.from({ length: end - first }, (_, t) => 2 + f0Hz[(first + t) % 3]),
    mixed: (noise, _, pulses) => noise.map((value, t) => value + pulses[t]),
  }
  const expected = (noise: Float32Array) =>
    Float32Array.from(
      noise,
      (value, t) => 0.1 * Math.fround(value + Math.fround(2 + mel.values[(t % 3) * bands])),
    )
  return { network: stub({ pitch }), expected }
}
