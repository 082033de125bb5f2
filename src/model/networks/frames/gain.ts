/** Gains that the network on frames asks for. The twin is `limited` of pretrain/frames.py. */
import type * as tf from '@tensorflow/tfjs'

/** ln of the largest gain, 26 dB. */
const largest = 3

/** ln of a gain that is asked for -> the gain, within 26 dB. The caller disposes, or a tidy around it. */
export function limitedGain(ln: tf.Tensor3D): tf.Tensor3D {
  return ln.div<tf.Tensor3D>(largest).tanh<tf.Tensor3D>().mul<tf.Tensor3D>(largest).exp<tf.Tensor3D>()
}
