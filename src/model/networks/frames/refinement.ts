/**
 * The last part of the frame network: its signal is filtered again with learned gains, so that the signal has the
 * requested mel once the prior has shaped it. Python counterparts: `Refinement` and `refined` of pretrain/networks/frames.py.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1d } from '../../../kernels/conv1d.ts'
import { normalisedProduct } from '../../../kernels/products.ts'
import { convNeXtBlock } from './blocks.ts'
import { limitedGainOfSum } from './gain.ts'
import type { RefinementParameters } from './parameters.ts'
import type { FrameTransforms } from './transforms.ts'

/** The reference of a refinement: ln of the requested mel, and the prior's gains for it. */
export type Asked = {
  readonly lnMel: tf.Tensor2D
  readonly gains: tf.Tensor2D
}

/** signal [batch, samples], x [batch, frames, channels] from the trunk -> [batch, samples]. The caller disposes. */
export function refined(
  signal: tf.Tensor2D,
  x: tf.Tensor3D,
  asked: Asked,
  times: number,
  transforms: FrameTransforms,
  parameters: RefinementParameters,
): tf.Tensor2D {
  return tf.tidy(() => {
    const context = conv1d(x, parameters.context.filter, parameters.context.bias)
    let made = signal
    for (let time = 0; time < times; time++) made = refinedOnce(made, context, asked, transforms, parameters)
    return made
  })
}

function refinedOnce(
  signal: tf.Tensor2D,
  context: tf.Tensor3D,
  asked: Asked,
  transforms: FrameTransforms,
  { enter, block, leave, strength }: RefinementParameters,
): tf.Tensor2D {
  return tf.tidy(() => {
    const [batch, frames] = context.shape
    const { stft } = transforms
    const [samples, bands] = [signal.shape[1], asked.lnMel.shape[1]]
    const spectra = stft.spectra(signal)
    const heard = transforms.logMel.of(stft.spectra(stft.signal(spectra, samples, asked.gains)))
    const lacking = asked.lnMel
      .sub<tf.Tensor2D>(transforms.prior.lnMel(heard.reshape([batch, frames, bands])))
      .reshape<tf.Tensor3D>([batch, frames, bands])
    const entered = conv1d(lacking, enter.filter, enter.bias, { residual: context })
    const learned = normalisedProduct(convNeXtBlock(entered, block), leave)
    const gains = limitedGainOfSum(learned, lacking, strength.tensor)
    const ofBins = transforms.prior.hats.times(gains.reshape<tf.Tensor2D>([batch * frames, bands]))
    return stft.signal(spectra, samples, ofBins)
  })
}
