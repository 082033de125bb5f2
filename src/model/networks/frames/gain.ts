/** Limited gains of the frame network. Python counterpart: `limited` of pretrain/networks/frames.py. */
import type * as tf from '@tensorflow/tfjs'

/** ln of the maximum gain, 26 dB. */
const maxLnGain = 3

/** ln of a requested gain -> the gain, limited to 26 dB. The caller disposes, or calls it within a tidy. */
export function limitedGain(ln: tf.Tensor3D): tf.Tensor3D {
  return ln.div<tf.Tensor3D>(maxLnGain).tanh<tf.Tensor3D>().mul<tf.Tensor3D>(maxLnGain).exp<tf.Tensor3D>()
}
