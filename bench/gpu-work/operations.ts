/** Floating-point operations of the programs in src/kernels/webgpu/ and of tfjs, from the shapes of their tensors. */

type Shape = readonly number[]

const sizeOf = (shape: Shape) => shape.reduce((product, length) => product * length, 1)

/** A transform of `fftSize` real numbers as half as many complex ones; `perValue` counts what each of these takes besides. */
function transform(fftSize: number, perValue: number): number {
  const half = fftSize / 2
  return half * (5 * Math.log2(half) + perValue)
}

/** Each group of eight hops transforms all frames that reach into it (spectra-programs.ts). */
function overlapAdded([batch, samples]: Shape, [[rows, bins]]: readonly Shape[]): number {
  const fftSize = 2 * (bins - 1)
  const hopSamples = (batch * samples) / rows
  return rows * (1 + (fftSize / hopSamples - 1) / 8) * transform(fftSize, 22)
}

/** By the beginning of a program's name, the first that fits. */
const operations: readonly (readonly [
  name: string,
  count: (output: Shape, inputs: readonly Shape[]) => number,
])[] = [
  // Filter [taps, inputs, outputs].
  ['vocoderConv1d', (output, [, [taps, inputs]]) => 2 * sizeOf(output) * taps * inputs],
  ['vocoderDepthwise', (output, [, [taps]]) => 2 * sizeOf(output) * taps],
  ['matMul', (output, [a]) => 2 * sizeOf(output) * a[a.length - 1]],
  ['vocoderFramedSpectra', ([rows, bins]) => rows * transform(2 * (bins - 1), 11)],
  ['vocoderOverlapAdded', overlapAdded],
  // Each bin belongs to two bands.
  ['vocoderBandedProduct', (output, [x, matrix]) => 4 * output[0] * Math.max(...matrix, x[1])],
  ['vocoderLnOf', (output, [re]) => 2 * 6 * sizeOf(re) + 3 * sizeOf(output)],
  ['vocoderMixedSpectra', (output) => 20 * sizeOf(output)],
  ['vocoderMoments', (_, [x]) => 4 * sizeOf(x)],
  ['vocoderNormalise', (output) => 2 * sizeOf(output)],
  ['vocoderEnveloped', (output) => 20 * sizeOf(output)],
  ['vocoderWeightedSum', (output, inputs) => 2 * inputs.length * sizeOf(output)],
  ['vocoderNoise', (output) => 50 * sizeOf(output)],
]

/** All others, such as slices and sums, are counted as one operation per value of the result. */
export function floatingPointOperations(name: string, output: Shape, inputs: readonly Shape[]): number {
  const found = operations.find(([beginning]) => name.startsWith(beginning))
  return found ? found[1](output, inputs) : sizeOf(output)
}
