/**
 * The kernels of framed-spectra.ts on WebGPU, each transform in two passes (Cooley and Tukey 1965): with fftSize = rows
 * * columns, n = columns * p + q and bin = b + rows * c, the first pass sums about `rows` terms for each (b, q), the
 * second about `columns`. No pass needs a barrier (program.ts), and the order of summation is fixed.
 */
import type * as tf from '@tensorflow/tfjs'
import { framedSizes } from '../framed-spectra.ts'
import { numberAttribute, optionalTensorInput, tensorInput } from '../kernel-arguments.ts'
import { disposeIntermediate, runProgram, type Uniform, type Variable } from './program.ts'

type Sizes = ReturnType<typeof framedSizes>

/** Rows and columns of a frame: the most nearly square factorisation into powers of two. */
function sides({ fftSize }: Sizes) {
  const rows = 2 ** Math.ceil(Math.log2(fftSize) / 2)
  return { rows, columns: fftSize / rows }
}

function uniformsOf(sizes: Sizes): Uniform[] {
  const { rows, columns } = sides(sizes)
  const { frames, hopSamples, fftSize, bins, samples } = sizes
  const values = { rows, columns, frames, hop: hopSamples, size: fftSize, bins, samples }
  return Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }))
}

const tableOf = (inputs: tf.NamedTensorInfoMap): Variable => ({
  name: 'waves',
  tensor: tensorInput(inputs, 'table'),
  width: 1,
})

type FirstPass = { readonly key: string; readonly variables: readonly Variable[]; readonly code: string }

/**
 * Computes a term for each (b, q) of each frame: `code` accumulates `sum` and writes it, rotated by `cosine` and `sine`
 * of b * q.
 */
function firstPass(backend: unknown, sizes: Sizes, { key, variables, code }: FirstPass): tf.TensorInfo {
  return runProgram(backend, {
    key,
    outputShape: [sizes.batch * sizes.frames, sizes.fftSize, 2],
    outputWidth: 1,
    threads: sizes.batch * sizes.frames * sizes.fftSize,
    variables,
    uniforms: uniformsOf(sizes),
    code: `
      let q = index % uniforms.columns;
      let b = (index / uniforms.columns) % uniforms.rows;
      let row = index / uniforms.size;
      let cosine = waves[uniforms.size + b * q];
      let sine = waves[2 * uniforms.size + b * q];
      var sum = vec2<f32>(0.0);
      ${code}`,
  })
}

export const spectraWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const table = tableOf(inputs)
  const partial = firstPass(backend, sizes, {
    key: 'vocoderSpectraPartial',
    variables: [{ name: 'x', tensor: tensorInput(inputs, 'x'), width: 1 }, table],
    code: `
      let start = (row / uniforms.frames) * uniforms.samples + (row % uniforms.frames) * uniforms.hop;
      for (var p = 0; p < uniforms.rows; p++) {
        let n = uniforms.columns * p + q;
        let turn = ((p * b) % uniforms.rows) * uniforms.columns;
        sum += x[start + n] * waves[n] * vec2<f32>(waves[uniforms.size + turn], -waves[2 * uniforms.size + turn]);
      }
      result[2 * index] = sum.x * cosine + sum.y * sine;
      result[2 * index + 1] = sum.y * cosine - sum.x * sine;`,
  })
  const part = (name: string, term: string) =>
    runProgram(backend, {
      key: `vocoderSpectra${name}`,
      outputShape: [sizes.batch * sizes.frames, sizes.bins],
      outputWidth: 1,
      threads: sizes.batch * sizes.frames * sizes.bins,
      variables: [{ name: 'partial', tensor: partial, width: 1 }, table],
      uniforms: uniformsOf(sizes),
      code: `
        let bin = index % uniforms.bins;
        let c = bin / uniforms.rows;
        let first = (index / uniforms.bins) * uniforms.size + (bin % uniforms.rows) * uniforms.columns;
        var sum = 0.0;
        for (var q = 0; q < uniforms.columns; q++) {
          let turn = ((q * c) % uniforms.columns) * uniforms.rows;
          let re = partial[2 * (first + q)];
          let im = partial[2 * (first + q) + 1];
          let cosine = waves[uniforms.size + turn];
          let sine = waves[2 * uniforms.size + turn];
          sum += ${term};
        }
        result[index] = sum;`,
    })
  const spectra = [part('Re', 're * cosine + im * sine'), part('Im', 'im * cosine - re * sine')]
  disposeIntermediate(backend, partial)
  return spectra
}

export const spectraTransposedWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const partial = transposedFirstPass(backend, sizes, inputs, { key: '', variables: [], factor: '1.0' })
  return overlapAdded(backend, sizes, partial, tableOf(inputs))
}

/** The kernel `filteredSignalKernel` of stft.ts. */
export const filteredSignalWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const gains = optionalTensorInput(inputs, 'gains')
  const share = 'select(2.0, 1.0, bin == 0 || bin == uniforms.bins - 1) / f32(uniforms.size)'
  const partial = transposedFirstPass(backend, sizes, inputs, {
    key: gains ? 'Filtered' : 'Counted',
    variables: gains ? [{ name: 'gains', tensor: gains, width: 1 }] : [],
    factor: gains ? `gains[at] * ${share}` : share,
  })
  return overlapAdded(backend, sizes, partial, tableOf(inputs), {
    overlap: tensorInput(inputs, 'overlap'),
    padLeft: numberAttribute(attrs, 'padLeft'),
  })
}

/** `factor` multiplies the spectrum at `bin` of a frame, whose value is number `at` of its tensor. */
type Weighting = { readonly key: string; readonly variables: readonly Variable[]; readonly factor: string }

function transposedFirstPass(
  backend: unknown,
  sizes: Sizes,
  inputs: tf.NamedTensorInfoMap,
  { key, variables, factor }: Weighting,
): tf.TensorInfo {
  return firstPass(backend, sizes, {
    key: `vocoderSpectraTransposedPartial${key}`,
    variables: [
      { name: 're', tensor: tensorInput(inputs, 're'), width: 1 },
      { name: 'im', tensor: tensorInput(inputs, 'im'), width: 1 },
      ...variables,
      tableOf(inputs),
    ],
    code: `
      for (var bin = b; bin < uniforms.bins; bin += uniforms.rows) {
        let turn = ((q * (bin / uniforms.rows)) % uniforms.columns) * uniforms.rows;
        let at = row * uniforms.bins + bin;
        let c = waves[uniforms.size + turn];
        let s = waves[2 * uniforms.size + turn];
        sum += vec2<f32>(re[at] * c - im[at] * s, re[at] * s + im[at] * c) * (${factor});
      }
      result[2 * index] = sum.x * cosine - sum.y * sine;
      result[2 * index + 1] = sum.x * sine + sum.y * cosine;`,
  })
}

/** Gains [1, samples] of the samples from `padLeft` of the grid, which are kept. */
type Cut = { readonly overlap: tf.Tensor; readonly padLeft: number }

/** The second pass, of which all samples are returned, or those of `cut`. Releases `partial`. */
function overlapAdded(
  backend: unknown,
  sizes: Sizes,
  partial: tf.TensorInfo,
  table: Variable,
  cut?: Cut,
): tf.TensorInfo {
  const length = cut ? cut.overlap.size : sizes.samples
  const x = runProgram(backend, {
    key: `vocoderSpectraTransposed${cut ? 'Cut' : ''}`,
    outputShape: [sizes.batch, length],
    outputWidth: 1,
    threads: sizes.batch * length,
    variables: [
      { name: 'partial', tensor: partial, width: 1 },
      table,
      ...(cut ? [{ name: 'overlap', tensor: cut.overlap, width: 1 } as const] : []),
    ],
    uniforms: [
      ...uniformsOf(sizes),
      { name: 'length', type: 'int32', value: length },
      { name: 'padLeft', type: 'int32', value: cut?.padLeft ?? 0 },
    ],
    code: `
      let place = index % uniforms.length;
      let t = place + uniforms.padLeft;
      let item = index / uniforms.length;
      // Starts at the first frame that covers this sample.
      let reached = max(0, t - uniforms.size + uniforms.hop) / uniforms.hop;
      var total = 0.0;
      for (var frame = reached; frame <= min(uniforms.frames - 1, t / uniforms.hop); frame++) {
        let n = t - frame * uniforms.hop;
        let p = n / uniforms.columns;
        let first = (item * uniforms.frames + frame) * uniforms.size + n % uniforms.columns;
        var sum = 0.0;
        for (var b = 0; b < uniforms.rows; b++) {
          let turn = ((p * b) % uniforms.rows) * uniforms.columns;
          let at = 2 * (first + b * uniforms.columns);
          sum += partial[at] * waves[uniforms.size + turn] - partial[at + 1] * waves[2 * uniforms.size + turn];
        }
        total += waves[n] * sum;
      }
      result[index] = total${cut ? ' * overlap[place]' : ''};`,
  })
  disposeIntermediate(backend, partial)
  return x
}
