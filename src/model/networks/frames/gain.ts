/** Limited gains of the frame network. Python counterpart: `limited` of pretrain/networks/frames.py. */
import type * as tf from '@tensorflow/tfjs'
import { limitedGainKernel } from '../../../kernels/frames/frame-fusions.ts'
import { fused } from '../../../kernels/fused.ts'

/** ln of the maximum gain, 26 dB. */
export const maxLnGain = 3

/** ln of a requested gain -> the gain, limited to 26 dB. The caller disposes, or calls it within a tidy. */
export function limitedGain(ln: tf.Tensor3D): tf.Tensor3D {
  return ln.div<tf.Tensor3D>(maxLnGain).tanh<tf.Tensor3D>().mul<tf.Tensor3D>(maxLnGain).exp<tf.Tensor3D>()
}

/**
 * The limited gain of learned + lacking * strength, both [batch, frames, bands] and [bands], in ln. The caller disposes.
 */
export function limitedGainOfSum(
  learned: tf.Tensor3D,
  lacking: tf.Tensor3D,
  strength: tf.Tensor,
): tf.Tensor3D {
  return fused(limitedGainKernel, { learned, lacking, strength }, { maxLn: maxLnGain }, () =>
    limitedGain(learned.add(lacking.mul(strength))),
  )
}
