/**
 * Change of rate by an integer factor, in the two forms that WaveGrad uses: the mean of every `factor` samples, and the
 * repetition of every sample (nearest upsampling). Each is the gradient of the other, up to the factor.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient, withThreeAxes } from './kernel-arguments.ts'

export const averagePoolKernel = 'VocoderAveragePool'
export const upsampleKernel = 'VocoderUpsample'

/**
 * x [batch, time, channels], with time a multiple of `factor` -> [batch, time / factor, channels]. The caller disposes.
 */
export function averagePool(x: tf.Tensor3D, factor: number): tf.Tensor3D {
  if (factor === 1) return x.clone()
  if (x.shape[1] % factor !== 0)
    throw new Error(`averagePool: ${x.shape[1]} samples are not a multiple of ${factor}`)
  return tf.engine().runKernel<tf.Tensor3D>(averagePoolKernel, { x }, { factor })
}

/** x [batch, time, channels] -> [batch, time * factor, channels], by repetition. The caller disposes. */
export function upsample(x: tf.Tensor3D, factor: number): tf.Tensor3D {
  if (factor === 1) return x.clone()
  return tf.engine().runKernel<tf.Tensor3D>(upsampleKernel, { x }, { factor })
}

tf.registerGradient({
  kernelName: averagePoolKernel,
  gradFunc(gradient, _saved, attributes) {
    const factor = numberAttribute(attributes, 'factor')
    return { x: () => upsample(withThreeAxes(singleGradient(gradient)), factor).div(factor) }
  },
})

tf.registerGradient({
  kernelName: upsampleKernel,
  gradFunc(gradient, _saved, attributes) {
    const factor = numberAttribute(attributes, 'factor')
    return { x: () => averagePool(withThreeAxes(singleGradient(gradient)), factor).mul(factor) }
  },
})
