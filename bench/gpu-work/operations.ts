/** Floating-point operations of the programs in src/kernels/webgpu/ and of tfjs, from the shapes of their tensors. */

type Shape = readonly number[]

const sizeOf = (shape: Shape) => shape.reduce((product, length) => product * length, 1)

/** Terms per row of a transform of `fftSize`, in its first and in its second pass (spectra-programs.ts). */
function passes(fftSize: number): { readonly rows: number; readonly columns: number } {
  const rows = 2 ** Math.ceil(Math.log2(fftSize) / 2)
  return { rows, columns: fftSize / rows }
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
  // Complex terms, [frames, fftSize, 2].
  ['vocoderSpectraPartial', ([frames, size]) => frames * size * (5 * passes(size).rows + 6)],
  ['vocoderSpectraTransposedPartial', ([frames, size]) => frames * size * (5 * passes(size).columns + 6)],
  // Every place of every frame is added to one sample.
  ['vocoderSpectraTransposed', (_, [[frames, size]]) => frames * size * (4 * passes(size).rows + 2)],
  ['vocoderSpectraRe', (output, [[, size]]) => 4 * sizeOf(output) * passes(size).columns],
  ['vocoderSpectraIm', (output, [[, size]]) => 4 * sizeOf(output) * passes(size).columns],
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
