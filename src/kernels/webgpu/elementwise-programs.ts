/** FiLM, leaky ReLU, SiLU and changes of rate on WebGPU, with a thread per vector of the result. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram, type VectorWidth, vectorWidth, wgslType } from './program.ts'

const leaky = (value: string, width: VectorWidth) =>
  `let value = ${value};
   result[index] = select(value * uniforms.slope, value, value > ${wgslType(width)}(0.0));`

type Elementwise = {
  readonly key: string
  /** Inputs of the shape of the result; in the program they have these names. */
  readonly names: readonly string[]
  readonly code: (width: VectorWidth) => string
  readonly uniforms?: Parameters<typeof runProgram>[1]['uniforms']
}

/** Computes each value of the result from the values of the inputs at the same place. */
function runElementwise(
  { inputs, backend }: Pick<Parameters<tf.KernelFunc>[0], 'inputs' | 'backend'>,
  { key, names, code, uniforms = [] }: Elementwise,
): ReturnType<typeof runProgram> {
  const tensors = names.map((name) => ({ name, tensor: tensorInput(inputs, name) }))
  const [{ tensor }] = tensors
  const width = vectorWidth(tensor.size)
  return runProgram(backend, {
    key,
    outputShape: tensor.shape,
    outputWidth: width,
    threads: tensor.size / width,
    variables: tensors.map((variable) => ({ ...variable, width })),
    uniforms,
    code: code(width),
  })
}

export const filmLeakyReluWebGpu: tf.KernelFunc = (call) =>
  runElementwise(call, {
    key: 'vocoderFilmLeakyRelu',
    names: ['x', 'shift', 'scale'],
    uniforms: [{ name: 'slope', type: 'float32', value: numberAttribute(call.attrs, 'slope') }],
    code: (width) => leaky('shift[index] + scale[index] * x[index]', width),
  })

export const leakyReluWebGpu: tf.KernelFunc = (call) =>
  runElementwise(call, {
    key: 'vocoderLeakyRelu',
    names: ['x'],
    uniforms: [{ name: 'slope', type: 'float32', value: numberAttribute(call.attrs, 'slope') }],
    code: (width) => leaky('x[index]', width),
  })

export const siluWebGpu: tf.KernelFunc = (call) =>
  runElementwise(call, {
    key: 'vocoderSilu',
    names: ['x'],
    code: (width) => `
      let value = x[index];
      result[index] = value / (${wgslType(width)}(1.0) + exp(-value));`,
  })

export const siluGradientWebGpu: tf.KernelFunc = (call) =>
  runElementwise(call, {
    key: 'vocoderSiluGradient',
    names: ['x', 'dy'],
    code: (width) => `
      let one = ${wgslType(width)}(1.0);
      let share = one / (one + exp(-x[index]));
      result[index] = dy[index] * share * (one + x[index] * (one - share));`,
  })

/** Changes the rate of x [batch, time, channels] by `factor`; the program has the uniforms `groups` and `factor`. */
function runResampling(
  { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0],
  key: string,
  resampledTime: (time: number, factor: number) => number,
  code: (width: VectorWidth) => string,
): ReturnType<typeof runProgram> {
  const x = tensorInput(inputs, 'x')
  const factor = numberAttribute(attrs, 'factor')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const groups = channels / width
  const outputShape = [batch, resampledTime(time, factor), channels]
  return runProgram(backend, {
    key,
    outputShape,
    outputWidth: width,
    threads: outputShape[0] * outputShape[1] * groups,
    variables: [{ name: 'x', tensor: x, width }],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'factor', type: 'int32', value: factor },
    ],
    code: code(width),
  })
}

export const averagePoolWebGpu: tf.KernelFunc = (call) =>
  runResampling(
    call,
    'vocoderAveragePool',
    (time, factor) => time / factor,
    (width) => `
      let group = index % uniforms.groups;
      let first = (index / uniforms.groups) * uniforms.factor;
      var sum = ${wgslType(width)}(0.0);
      for (var r = 0; r < uniforms.factor; r++) { sum += x[(first + r) * uniforms.groups + group]; }
      result[index] = sum / f32(uniforms.factor);`,
  )

export const upsampleWebGpu: tf.KernelFunc = (call) =>
  runResampling(
    call,
    'vocoderUpsample',
    (time, factor) => time * factor,
    () => `
      let group = index % uniforms.groups;
      result[index] = x[(index / (uniforms.groups * uniforms.factor)) * uniforms.groups + group];`,
  )
