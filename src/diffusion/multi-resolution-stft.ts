/**
 * What the infer loss compares by: spectral convergence + mean |difference of ln magnitude|, per clip and resolution
 * (Parallel WaveGAN, Yamamoto et al. 2020). The twin is `multi_resolution_stft` of pretrain/losses.py.
 */
import * as tf from '@tensorflow/tfjs'
import { centredFraming } from '../dsp/stft.ts'
import { resolutions } from '../dsp/stft-resolutions.ts'
import { Stft } from '../kernels/stft.ts'

/** Powers below count as this: silence must not weigh as much as speech. */
const powerFloor = 1e-7

/** Below what float32 can tell from zero; keeps the root's gradient finite where two signals are the same. */
const leastSquares = 1e-30

export class MultiResolutionStft {
  readonly #transforms = resolutions.map((resolution) => new Stft(centredFraming(resolution)))

  /** made and target [batch, samples], of more than 600 samples -> scalar, differentiable in both. The caller disposes. */
  loss(made: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
    return tf.tidy(() => {
      const losses = this.#transforms.map((transform) => {
        const [a, b] = [magnitudes(transform, made), magnitudes(transform, target)]
        const wrong = a.sub(b).square().sum(1).maximum(leastSquares).sqrt()
        const convergence = wrong.div(b.square().sum(1).sqrt()).mean()
        return convergence.add<tf.Scalar>(a.log().sub(b.log()).abs().mean())
      })
      return losses.reduce((sum, loss) => sum.add<tf.Scalar>(loss)).div<tf.Scalar>(losses.length)
    })
  }

  /** Releases the transforms' matrices, about 45 MB. */
  dispose(): void {
    for (const transform of this.#transforms) transform.dispose()
  }
}

/** [batch, samples] -> [batch, frames * bins]. */
function magnitudes(transform: Stft, signal: tf.Tensor2D): tf.Tensor2D {
  const { re, im } = transform.spectra(signal)
  const power = re.square().add<tf.Tensor2D>(im.square()).maximum<tf.Tensor2D>(powerFloor)
  const [batch, samples] = signal.shape
  return power.sqrt<tf.Tensor2D>().reshape([batch, transform.frames(samples) * transform.bins])
}
