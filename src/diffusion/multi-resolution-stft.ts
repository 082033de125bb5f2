/**
 * The distance of the infer loss: spectral convergence + mean |difference of ln magnitude|, per clip and resolution
 * (Parallel WaveGAN, Yamamoto et al. 2020), as an energy distance (Gritsenko et al., arXiv 2008.01160, equation 5).
 * Python counterpart: `spectral_energy` of pretrain/losses.py.
 */
import * as tf from '@tensorflow/tfjs'
import { centredFraming } from '../dsp/spectra/framing.ts'
import { resolutions } from '../dsp/spectra/stft-resolutions.ts'
import { Stft } from '../kernels/frames/stft.ts'

/** Lower powers are clamped to this, so that silence does not weigh as much as speech. */
const powerFloor = 1e-7

/** Sums of squares are at least this, so that the gradient of the root is finite where two signals are the same. */
const minSumOfSquares = 1e-30

export class MultiResolutionStft {
  readonly #transforms = resolutions.map((resolution) => new Stft(centredFraming(resolution)))

  /**
   * made [2 * batch, samples], two consecutive results per clip, and target [batch, samples], of more than 600 samples
   * -> scalar: the mean distance of results to their target, less half of the distance between the two. The second term
   * keeps those details random that the mel does not determine: without it the best result never varies, and buzzes
   * where a recording has noise. Differentiable in both. The caller disposes.
   */
  energy(made: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
    return tf.tidy(() => {
      const losses = this.#transforms.map((transform) => {
        const truth = magnitudes(transform, target)
        const pairs = magnitudes(transform, made).reshape([target.shape[0], 2, truth.shape[1]])
        const [one, other] = tf.unstack(pairs, 1)
        const scale = truth.square().sum(1).sqrt()
        const convergence = (a: tf.Tensor, b: tf.Tensor) =>
          a.sub(b).square().sum(1).maximum(minSumOfSquares).sqrt().div(scale)
        const lnDistance = (a: tf.Tensor, b: tf.Tensor) => a.log().sub(b.log()).abs().mean(1)
        const distance = (a: tf.Tensor, b: tf.Tensor) => convergence(a, b).add(lnDistance(a, b))
        return distance(one, truth).add(distance(other, truth)).sub(distance(one, other)).mean().div(2)
      })
      return losses.reduce((sum, loss) => sum.add(loss)).div<tf.Scalar>(losses.length)
    })
  }

  /** Releases the tables of the transforms. */
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
