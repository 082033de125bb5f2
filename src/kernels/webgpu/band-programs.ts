/** Products with the columns of constant, mostly zero matrices on WebGPU, with a thread per result. */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram, type Uniform, type Variable } from './program.ts'

type Call = Parameters<tf.KernelFunc>[0]

type BandProgram = {
  readonly key: string
  /** Inputs of the shape [n, rows]; in the program they have these names. */
  readonly names: readonly string[]
  /** The factor of a weight, from the inputs at `at`. */
  readonly measure: string
  readonly result: string
  readonly uniforms?: readonly Uniform[]
}

function runBands({ inputs, backend }: Call, { key, names, measure, result, uniforms = [] }: BandProgram) {
  const variable = (name: string): Variable => ({ name, tensor: tensorInput(inputs, name), width: 1 })
  const [n, rows] = tensorInput(inputs, names[0]).shape
  const [, columns] = tensorInput(inputs, 'matrix').shape
  return runProgram(backend, {
    key,
    outputShape: [n, columns],
    outputWidth: 1,
    threads: n * columns,
    variables: [...names, 'matrix', 'ranges'].map(variable),
    uniforms: [
      { name: 'rows', type: 'int32', value: rows },
      { name: 'columns', type: 'int32', value: columns },
      ...uniforms,
    ],
    code: `
      let column = index % uniforms.columns;
      let first = (index / uniforms.columns) * uniforms.rows;
      var sum = 0.0;
      for (var row = ranges[2 * column]; row < ranges[2 * column + 1]; row++) {
        let at = first + row;
        sum += ${measure} * matrix[row * uniforms.columns + column];
      }
      result[index] = ${result};`,
  })
}

export const bandedProductWebGpu: tf.KernelFunc = (call) =>
  runBands(call, { key: 'vocoderBandedProduct', names: ['x'], measure: 'x[at]', result: 'sum' })

export const lnOfBandsWebGpu: tf.KernelFunc = (call) => {
  const isMagnitude = numberAttribute(call.attrs, 'isMagnitude') !== 0
  const power = 're[at] * re[at] + im[at] * im[at]'
  const used = ['added', 'floor', 'scale', ...(isMagnitude ? ['epsilon'] : [])]
  return runBands(call, {
    key: `vocoderLnOf${isMagnitude ? 'Magnitudes' : 'Powers'}`,
    names: ['re', 'im'],
    measure: isMagnitude ? `sqrt(${power} + uniforms.epsilon)` : `(${power})`,
    result: 'log(max(sum + uniforms.added, uniforms.floor)) * uniforms.scale',
    uniforms: used.map((name) => ({ name, type: 'float32', value: numberAttribute(call.attrs, name) })),
  })
}
