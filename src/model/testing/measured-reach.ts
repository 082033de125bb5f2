/** The receptive field of a network as measured by gradients, which its halo must equal. */
import * as tf from '@tensorflow/tfjs'
import { loadTiny } from './fixtures.ts'

/** Measures how far, in whole frames, the middle frame of a tiny network's output depends on the inputs. */
export async function measuredReach(name: string): Promise<number> {
  const model = await loadTiny(name)
  const { hopSamples, bands } = model.config.mel
  const middle = model.haloFrames + 4
  const frames = 2 * middle + 1
  const samples = frames * hopSamples
  const mel = tf.randomNormal<tf.Rank.R3>([1, frames, bands], 0, 1, 'float32', 1)
  const [y, pulses] = [2, 3].map((seed) => tf.randomNormal([1, samples], 0, 1, 'float32', seed))
  const takesPulses = model.config.architecture === 'frames'
  const gradients = tf.tidy(() =>
    tf.grads((melInput, yInput, pulsesInput = tf.zeros([1, samples])) => {
      const conditioned = model.condition(melInput.as3D(1, frames, bands), pulsesInput.as2D(1, samples))
      return conditioned
        .predict(yInput.as2D(1, samples), [0.5])
        .slice([0, middle * hopSamples], [1, hopSamples])
        .square()
        .sum()
    })(takesPulses ? [mel, y, pulses] : [mel, y]),
  )
  const perFrame = gradients.map((gradient) => tf.tidy(() => gradient.abs().reshape([frames, -1]).sum(1)))
  const seen = (await Promise.all(perFrame.map((tensor) => tensor.data()))).map((values) => [...values])
  tf.dispose([mel, y, pulses, gradients, perFrame])
  model.dispose()
  const touched = Array.from({ length: frames }, (_, k) => k).filter((k) =>
    seen.some((values) => values[k] !== 0),
  )
  return Math.max(middle - touched[0], touched[touched.length - 1] - middle)
}
