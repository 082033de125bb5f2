/** FiLM, leaky ReLU and changes of rate on WebGPU, with a thread per vector of the result. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram, type VectorWidth, vectorWidth, wgslType } from './program.ts'

const leaky = (value: string, width: VectorWidth) =>
  `let value = ${value};
   result[index] = select(value * uniforms.slope, value, value > ${wgslType(width)}(0.0));`

export const filmLeakyReluWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const names = ['x', 'shift', 'scale']
  const [batch, time, channels] = activationShape(tensorInput(inputs, 'x'))
  const size = batch * time * channels
  const width = vectorWidth(size)
  return runProgram(backend, {
    key: 'vocoderFilmLeakyRelu',
    outputShape: [batch, time, channels],
    outputWidth: width,
    threads: size / width,
    variables: names.map((name) => ({ name, tensor: tensorInput(inputs, name), width })),
    uniforms: [{ name: 'slope', type: 'float32', value: numberAttribute(attrs, 'slope') }],
    code: leaky('shift[index] + scale[index] * x[index]', width),
  })
}

export const leakyReluWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const width = vectorWidth(x.size)
  return runProgram(backend, {
    key: 'vocoderLeakyRelu',
    outputShape: x.shape,
    outputWidth: width,
    threads: x.size / width,
    variables: [{ name: 'x', tensor: x, width }],
    uniforms: [{ name: 'slope', type: 'float32', value: numberAttribute(attrs, 'slope') }],
    code: leaky('x[index]', width),
  })
}

export const averagePoolWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const factor = numberAttribute(attrs, 'factor')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const groups = channels / width
  return runProgram(backend, {
    key: 'vocoderAveragePool',
    outputShape: [batch, time / factor, channels],
    outputWidth: width,
    threads: (batch * time * groups) / factor,
    variables: [{ name: 'x', tensor: x, width }],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'factor', type: 'int32', value: factor },
    ],
    code: `
      let group = index % uniforms.groups;
      let first = (index / uniforms.groups) * uniforms.factor;
      var sum = ${wgslType(width)}(0.0);
      for (var r = 0; r < uniforms.factor; r++) { sum += x[(first + r) * uniforms.groups + group]; }
      result[index] = sum / f32(uniforms.factor);`,
  })
}

export const upsampleWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const factor = numberAttribute(attrs, 'factor')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const groups = channels / width
  return runProgram(backend, {
    key: 'vocoderUpsample',
    outputShape: [batch, time * factor, channels],
    outputWidth: width,
    threads: batch * time * factor * groups,
    variables: [{ name: 'x', tensor: x, width }],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'factor', type: 'int32', value: factor },
    ],
    code: `
      let group = index % uniforms.groups;
      result[index] = x[(index / (uniforms.groups * uniforms.factor)) * uniforms.groups + group];`,
  })
}
