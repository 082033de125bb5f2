/**
 * The two objectives with their gradients: WaveGrad's, one noise level at a time (arXiv 2009.00713, section 2), and
 * InferGrad's infer loss, on the result of the reverse process from pure noise, through all its steps (arXiv
 * 2202.03751). Like the sampler, they take the network as a function. Python counterpart: pretrain/losses.py.
 */
import * as tf from '@tensorflow/tfjs'
import { accumulate, type Differentiated, differentiate } from './gradients.ts'
import { noiseFactors, type Prediction } from './prediction.ts'
import { stepScales } from './sampler.ts'
import type { NoiseSchedule } from './schedule.ts'

/** y [batch, samples] and a level per batch item -> the prediction, [batch, samples]; differentiable. */
export type Predict = (y: tf.Tensor2D, levels: readonly number[]) => tf.Tensor2D

export type TrainedNetwork = {
  readonly prediction: Prediction
  /** Computes what all evaluations on one tape share, and returns the function that evaluates. */
  readonly open: () => Predict
  /** The trainable tensors that `open` and `Predict` read; the result must depend on all of them. */
  readonly parameters: readonly tf.Tensor[]
}

/** Lower limit of b. Errors of the clean signal are weighted by 1 / b, as those of v are, so that late steps count. */
const minNoise = 0.05

/**
 * Mean |difference| between the network's prediction for y = a x + b eps and its target. x is the whitened recording; x
 * and the noise are [batch, samples]; each item has its level. The gradients are those of `weight` times the loss, the
 * value is not weighted. The caller disposes.
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
    const target = {
      noise: () => noise,
      v: () => a.mul(noise).sub<tf.Tensor2D>(b.mul(x)),
      endpoint: () => x,
    }[network.prediction]()
    const weights = network.prediction === 'endpoint' ? tf.maximum(b, minNoise).reciprocal() : undefined
    return differentiate(
      () => {
        const error = network.open()(y, levels).sub(target).abs()
        return (weights ? error.mul(weights) : error).mean()
      },
      network.parameters,
      tf.scalar(weight),
    )
  })
}

export type InferProcess = {
  readonly schedule: NoiseSchedule
  /** y_N [batch, samples], standard normal. */
  readonly start: tf.Tensor2D
  /** z of step n, N..2, of the same shape; the receiver disposes. */
  readonly freshNoise: (n: number) => tf.Tensor2D
  /** Loss of y_0: a differentiable scalar. */
  readonly lossOf: (y: tf.Tensor2D) => tf.Tensor
}

/**
 * Number of evaluations on the tape that ends in the loss. Each saves one repeated evaluation, which is a seventh of
 * the work at N = 2, and takes the memory of all the network's activations.
 */
const lastTapeSteps = 2

/**
 * The loss of y_0 with its gradients through all steps. The first steps run without a tape and leave only y_n; the last
 * two run on one tape with the loss; then, backwards, each of the others is run again and differentiated by itself.
 * Memory does not grow with N. The caller disposes.
 */
export function inferLoss(network: TrainedNetwork, process: InferProcess): Differentiated {
  const { schedule, start, freshNoise, lossOf } = process
  const steps = schedule.betas.length
  const lastTape = Math.min(steps, lastTapeSteps)
  return tf.tidy(() => {
    const fresh = Array.from({ length: steps - 1 }, (_, index) => freshNoise(index + 2)) // for steps 2, 3, ..
    const reverse = (predict: Predict, y: tf.Tensor2D, n: number) =>
      reverseStep(predict, network.prediction, schedule, y, n)
    const step = (predict: Predict, y: tf.Tensor2D, n: number) =>
      tf.tidy(() => {
        const drift = reverse(predict, y, n)
        return n > 1 ? drift.add<tf.Tensor2D>(fresh[n - 2].mul(stepScales(schedule, n).zScale)) : drift
      })
    const inputs = [start] // y_N, .., y_n at the start of the last tape
    if (steps > lastTape) {
      const predict = network.open()
      for (let n = steps; n > lastTape; n--) inputs.push(step(predict, inputs[inputs.length - 1], n))
    }
    const inputOf = (n: number) => inputs[steps - n]

    const last = differentiate(
      () => {
        const predict = network.open()
        let y = inputOf(lastTape)
        for (let n = lastTape; n >= 1; n--) y = step(predict, y, n)
        return lossOf(y)
      },
      // Only earlier steps need the gradient in the input.
      [...network.parameters, ...(steps > lastTape ? [inputOf(lastTape)] : [])],
    )
    let sums = last.gradients.slice(0, network.parameters.length)
    let incoming = last.gradients[sums.length]
    for (let n = lastTape + 1; n <= steps; n++) {
      const { value, gradients } = differentiate(
        () => reverse(network.open(), inputOf(n), n),
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

/** y_n -> y_{n-1}, except for the fresh noise, [batch, samples]. */
function reverseStep(
  predict: Predict,
  prediction: Prediction,
  schedule: NoiseSchedule,
  y: tf.Tensor2D,
  n: number,
): tf.Tensor2D {
  const { yScale, epsilonScale } = stepScales(schedule, n)
  const level = schedule.levels[n - 1]
  const levels = Array.from({ length: y.shape[0] }, () => level)
  const output = predict(y, levels)
  const factors = noiseFactors(prediction, level)
  return y.mul(yScale + epsilonScale * factors.y).add<tf.Tensor2D>(output.mul(epsilonScale * factors.output))
}
