/**
 * The two objectives with their gradients: WaveGrad's, one noise level at a time (arXiv 2009.00713, section 2), and
 * InferGrad's infer loss, of what the reverse process makes of pure noise, through all of its steps (arXiv 2202.03751). Like
 * the sampler they know of no network: it is handed in. The twin is pretrain/losses.py.
 */
import * as tf from '@tensorflow/tfjs'
import { accumulate, type Differentiated, differentiate } from './gradients.ts'
import type { Prediction } from './prediction.ts'
import { stepFactors } from './sampler.ts'
import type { NoiseSchedule } from './schedule.ts'

export type TrainedNetwork = {
  readonly prediction: Prediction
  /** y [batch, samples] and a level per item of the batch -> noise or v, [batch, samples]; differentiable. */
  readonly predict: (y: tf.Tensor2D, levels: readonly number[]) => tf.Tensor2D
  /** What `predict` reads that is to be trained; all of it must matter to the result. */
  readonly parameters: readonly tf.Tensor[]
}

/**
 * Mean |difference| between what the network says of y = a x + b eps and what is true of it. x, the whitened recording, and
 * noise [batch, samples]; a level per item. The gradients are those of `weight` times the loss; the value is not weighted. The caller disposes.
 */
export function waveGradLoss(
  network: TrainedNetwork,
  x: tf.Tensor2D,
  noise: tf.Tensor2D,
  levels: readonly number[],
  weight: number,
): Differentiated {
  return tf.tidy(() => {
    const a = tf.tensor2d([...levels], [levels.length, 1])
    const b = tf.tensor2d(
      levels.map((level) => Math.sqrt(1 - level * level)),
      [levels.length, 1],
    )
    const y = a.mul(x).add<tf.Tensor2D>(b.mul(noise))
    const target = network.prediction === 'noise' ? noise : a.mul(noise).sub<tf.Tensor2D>(b.mul(x))
    return differentiate(
      () => network.predict(y, levels).sub(target).abs().mean(),
      network.parameters,
      tf.scalar(weight),
    )
  })
}

export type InferProcess = {
  readonly schedule: NoiseSchedule
  /** y_N [batch, samples], standard normal. */
  readonly start: tf.Tensor2D
  /** z of step n, N..2, of the same shape; whoever asks disposes. */
  readonly freshNoise: (n: number) => tf.Tensor2D
  /** Of y_0, a scalar, differentiable. */
  readonly lossOf: (y: tf.Tensor2D) => tf.Tensor
}

/**
 * The loss of y_0 with its gradients through all steps, on one evaluation's tape at a time: the steps run without a tape
 * and leave only y_n; then, from the last back to the first, each is run again and differentiated by itself. Memory does not
 * grow with N, for one evaluation more per step but the last. The caller disposes.
 */
export function inferLoss(network: TrainedNetwork, process: InferProcess): Differentiated {
  const { schedule, start, freshNoise, lossOf } = process
  const steps = schedule.betas.length
  return tf.tidy(() => {
    const fresh = Array.from({ length: steps - 1 }, (_, index) => freshNoise(index + 2)) // of step 2, 3, ..
    const step = (y: tf.Tensor2D, n: number) =>
      tf.tidy(() => {
        const drift = reverseStep(network, schedule, y, n)
        return n > 1 ? drift.add<tf.Tensor2D>(fresh[n - 2].mul(stepFactors(schedule, n).fresh)) : drift
      })
    const inputs = [start] // y_N, .., y_1
    for (let n = steps; n > 1; n--) inputs.push(step(inputs[inputs.length - 1], n))

    const inputOf = (n: number) => inputs[steps - n]
    const last = differentiate(() => lossOf(step(inputOf(1), 1)), [inputOf(1), ...network.parameters])
    let [incoming, ...sums] = last.gradients
    for (let n = 2; n <= steps; n++) {
      const { value, gradients } = differentiate(
        () => reverseStep(network, schedule, inputOf(n), n),
        [inputOf(n), ...network.parameters],
        incoming,
      )
      const [outgoing, ...more] = gradients
      tf.dispose([value, incoming])
      incoming = outgoing
      sums = accumulate(sums, more)
    }
    return { value: last.value, gradients: sums }
  })
}

/** y_n -> y_{n-1} but for the fresh noise, [batch, samples]. */
function reverseStep(
  network: TrainedNetwork,
  schedule: NoiseSchedule,
  y: tf.Tensor2D,
  n: number,
): tf.Tensor2D {
  const { signal, noise } = stepFactors(schedule, n)
  const level = schedule.levels[n - 1]
  const levels = Array.from({ length: y.shape[0] }, () => level)
  const output = network.predict(y, levels)
  if (network.prediction === 'noise') return y.mul(signal).add<tf.Tensor2D>(output.mul(noise))
  const rest = Math.sqrt(1 - level * level) // the noise is level * v + rest * y
  return y.mul(signal + noise * rest).add<tf.Tensor2D>(output.mul(noise * level))
}
