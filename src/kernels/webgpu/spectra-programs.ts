/**
 * The kernels of framed-spectra.ts on WebGPU, each transform in two passes (Cooley and Tukey 1965): with fftSize = rows
 * * columns, n = columns * p + q and bin = b + rows * c, the first pass sums about `rows` terms for each (b, q), the
 * second about `columns`. No pass needs a barrier (program.ts), and the order of summation is fixed.
 */
import type * as tf from '@tensorflow/tfjs'
import { framedSizes } from '../framed-spectra.ts'
import { tensorInput } from '../kernel-arguments.ts'
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
  const table = tableOf(inputs)
  const partial = firstPass(backend, sizes, {
    key: 'vocoderSpectraTransposedPartial',
    variables: [
      { name: 're', tensor: tensorInput(inputs, 're'), width: 1 },
      { name: 'im', tensor: tensorInput(inputs, 'im'), width: 1 },
      table,
    ],
    code: `
      for (var bin = b; bin < uniforms.bins; bin += uniforms.rows) {
        let turn = ((q * (bin / uniforms.rows)) % uniforms.columns) * uniforms.rows;
        let at = row * uniforms.bins + bin;
        let c = waves[uniforms.size + turn];
        let s = waves[2 * uniforms.size + turn];
        sum += vec2<f32>(re[at] * c - im[at] * s, re[at] * s + im[at] * c);
      }
      result[2 * index] = sum.x * cosine - sum.y * sine;
      result[2 * index + 1] = sum.x * sine + sum.y * cosine;`,
  })
  const x = runProgram(backend, {
    key: 'vocoderSpectraTransposed',
    outputShape: [sizes.batch, sizes.samples],
    outputWidth: 1,
    threads: sizes.batch * sizes.samples,
    variables: [{ name: 'partial', tensor: partial, width: 1 }, table],
    uniforms: uniformsOf(sizes),
    code: `
      let t = index % uniforms.samples;
      let item = index / uniforms.samples;
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
      result[index] = total;`,
  })
  disposeIntermediate(backend, partial)
  return x
}
