/** Signals of the reverse process as tensors [1, samples], so that a GPU need not send them back between its steps. */
import * as tf from '@tensorflow/tfjs'
import { overlapping, type Signals } from '../../diffusion/signals.ts'
import { weightedSumKernel } from '../../kernels/frames/frame-fusions.ts'
import { fused } from '../../kernels/fused.ts'
import { noise } from '../../kernels/noise.ts'

export class DeviceSignals implements Signals<tf.Tensor2D> {
  readonly #held = new Set<tf.Tensor2D>()

  /** Computes a signal, which is held until it is released. */
  hold(compute: () => tf.Tensor2D): tf.Tensor2D {
    const signal = tf.tidy(compute)
    this.#held.add(signal)
    return signal
  }

  upload(samples: Float32Array): tf.Tensor2D {
    return this.hold(() => tf.tensor2d(samples, [1, samples.length]))
  }

  length({ size }: tf.Tensor2D): number {
    return size
  }

  cut(...[pieces, first, end]: Parameters<Signals<tf.Tensor2D>['cut']>): tf.Tensor2D {
    return this.hold(() => {
      const parts = overlapping(this, pieces, first, end).map(({ signal, from, to }) =>
        from === 0 && to === signal.size ? signal : signal.slice([0, from], [1, to - from]),
      )
      return parts.length === 1 ? parts[0].clone() : joined(parts)
    })
  }

  sum(terms: readonly (readonly [number, tf.Tensor2D])[]): tf.Tensor2D {
    return this.hold(() => {
      const signals = Object.fromEntries(terms.map(([, signal], index) => [`x${index}`, signal]))
      return fused(weightedSumKernel, signals, { factors: terms.map(([factor]) => factor) }, () =>
        terms.map(([factor, signal]) => signal.mul<tf.Tensor2D>(factor)).reduce(added),
      )
    })
  }

  noise(...part: Parameters<typeof noise>): tf.Tensor2D {
    return this.hold(() => noise(...part))
  }

  release(signal: tf.Tensor2D): void {
    signal.dispose()
    this.#held.delete(signal)
  }

  releaseAll(): void {
    for (const signal of this.#held) this.release(signal)
  }
}

/** Joins two at a time, because tfjs compiles another program for each number of parts. */
function joined(parts: tf.Tensor2D[]): tf.Tensor2D {
  if (parts.length === 1) return parts[0]
  const half = Math.ceil(parts.length / 2)
  return tf.concat2d([joined(parts.slice(0, half)), joined(parts.slice(half))], 1)
}

const added = (a: tf.Tensor2D, b: tf.Tensor2D) => a.add<tf.Tensor2D>(b)
