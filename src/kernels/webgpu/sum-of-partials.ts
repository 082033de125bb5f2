import type * as tf from '@tensorflow/tfjs'
import { runProgram, vectorWidth, wgslType } from './program.ts'

/**
 * The second pass of a filter gradient: partial [partials, weights] -> [weights], in the shape `shape`. The caller
 * disposes `partial`.
 */
export function sumOfPartials(
  backend: unknown,
  partial: tf.TensorInfo,
  partials: number,
  shape: [taps: number, inputs: number, outputs: number],
): tf.TensorInfo {
  const weights = shape[0] * shape[1] * shape[2]
  const width = vectorWidth(weights)
  return runProgram(backend, {
    key: 'vocoderSumOfPartials',
    outputShape: shape,
    outputWidth: width,
    threads: weights / width,
    variables: [{ name: 'partial', tensor: partial, width }],
    uniforms: [{ name: 'partials', type: 'int32', value: partials }],
    code: `
      var sum = ${wgslType(width)}(0.0);
      for (var p = 0; p < uniforms.partials; p++) { sum += partial[p * uniforms.threads + index]; }
      result[index] = sum;`,
  })
}
