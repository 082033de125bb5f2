/** Kernels of the frame network on WebGPU. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import {
  disposeIntermediate,
  type ProgramCall,
  runProgram,
  type Variable,
  vectorWidth,
  wgslType,
} from './program.ts'
import { sumOfPartials } from './sum-of-partials.ts'

const framesPerPartial = 64

export const depthwiseWebGpu: tf.KernelFunc = ({ inputs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const groups = channels / width
  return runProgram(backend, {
    key: 'vocoderDepthwise',
    outputShape: [batch, time, channels],
    outputWidth: width,
    threads: batch * time * groups,
    variables: [
      { name: 'x', tensor: x, width },
      { name: 'weights', tensor: filter, width },
      { name: 'offsets', tensor: tensorInput(inputs, 'bias'), width },
    ],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'time', type: 'int32', value: time },
      { name: 'taps', type: 'int32', value: filter.shape[0] },
    ],
    code: `
      let group = index % uniforms.groups;
      let t = (index / uniforms.groups) % uniforms.time;
      let half = (uniforms.taps - 1) / 2;
      var sum = offsets[group];
      for (var tap = max(0, half - t); tap < min(uniforms.taps, uniforms.time + half - t); tap++) {
        sum += x[index + (tap - half) * uniforms.groups] * weights[tap * uniforms.groups + group];
      }
      result[index] = sum;`,
  })
}

/** Computes partial sums over segments of time, then their sum; bit-identical in every run. */
export const depthwiseFilterGradientWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attrs, 'taps')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const groups = channels / width
  const segments = Math.ceil(time / framesPerPartial)
  const partials = batch * segments
  const partial = runProgram(backend, {
    key: 'vocoderDepthwiseFilterGradient',
    outputShape: [partials, taps * channels],
    outputWidth: width,
    threads: partials * taps * groups,
    variables: [
      { name: 'x', tensor: x, width },
      { name: 'dy', tensor: dy, width },
    ],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'time', type: 'int32', value: time },
      { name: 'taps', type: 'int32', value: taps },
      { name: 'segments', type: 'int32', value: segments },
    ],
    code: `
      let group = index % uniforms.groups;
      let tap = (index / uniforms.groups) % uniforms.taps;
      let partial = index / (uniforms.groups * uniforms.taps);
      let item = partial / uniforms.segments;
      let offset = tap - (uniforms.taps - 1) / 2;
      let start = (partial % uniforms.segments) * ${framesPerPartial};
      let first = max(start, -offset);
      let end = min(min(start + ${framesPerPartial}, uniforms.time), uniforms.time - offset);
      var sum = ${wgslType(width)}(0.0);
      for (var t = first; t < end; t++) {
        let at = (item * uniforms.time + t) * uniforms.groups + group;
        sum += x[at + offset * uniforms.groups] * dy[at];
      }
      result[index] = sum;`,
  })
  const sum = sumOfPartials(backend, partial, partials, [taps, 1, channels])
  disposeIntermediate(backend, partial)
  return sum
}

/** Mean of each position's channels and 1 over their standard deviation, [positions, 2], with a thread per position. */
export function momentsOfRows(backend: unknown, x: tf.Tensor, epsilon: number): tf.TensorInfo {
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const total = width === 4 ? 'dot(sum, vec4<f32>(1.0))' : 'sum'
  return runProgram(backend, {
    key: 'vocoderMoments',
    outputShape: [batch * time, 2],
    outputWidth: 1,
    threads: batch * time,
    variables: [{ name: 'x', tensor: x, width }],
    uniforms: [
      { name: 'groups', type: 'int32', value: channels / width },
      { name: 'channels', type: 'float32', value: channels },
      { name: 'epsilon', type: 'float32', value: epsilon },
    ],
    code: `
      let first = index * uniforms.groups;
      var sum = ${wgslType(width)}(0.0);
      for (var g = 0; g < uniforms.groups; g++) { sum += x[first + g]; }
      let mean = ${total} / uniforms.channels;
      sum = ${wgslType(width)}(0.0);
      for (var g = 0; g < uniforms.groups; g++) {
        let centred = x[first + g] - ${wgslType(width)}(mean);
        sum += centred * centred;
      }
      result[2 * index] = mean;
      result[2 * index + 1] = inverseSqrt(${total} / uniforms.channels + uniforms.epsilon);`,
  })
}

/** Runs a program whose result has the shape of x [batch, time, channels], with a thread per vector of the result. */
function mapVectors(
  backend: unknown,
  x: tf.Tensor,
  program: Pick<ProgramCall, 'key' | 'variables' | 'code'>,
): tf.TensorInfo {
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  return runProgram(backend, {
    ...program,
    outputShape: [batch, time, channels],
    outputWidth: width,
    threads: x.size / width,
    uniforms: [{ name: 'groups', type: 'int32', value: channels / width }],
  })
}

export const normaliseWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const [, , channels] = activationShape(x)
  const width = vectorWidth(channels)
  const ofRows = momentsOfRows(backend, x, numberAttribute(attrs, 'epsilon'))
  const normalised = mapVectors(backend, x, {
    key: 'vocoderNormalise',
    variables: [
      { name: 'x', tensor: x, width },
      { name: 'moments', tensor: ofRows, width: 1 },
    ],
    code: `
      let row = index / uniforms.groups;
      result[index] = (x[index] - ${wgslType(width)}(moments[2 * row])) * moments[2 * row + 1];`,
  })
  disposeIntermediate(backend, ofRows)
  return normalised
}

export const normaliseGradientWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const [batch, time, channels] = activationShape(x)
  const width = vectorWidth(channels)
  const vector = wgslType(width)
  const total = (sum: string) => (width === 4 ? `dot(${sum}, vec4<f32>(1.0))` : sum)
  const both: readonly Variable[] = [
    { name: 'x', tensor: x, width },
    { name: 'dy', tensor: dy, width },
  ]
  const groups = channels / width
  const ofRows = momentsOfRows(backend, x, numberAttribute(attrs, 'epsilon'))
  const ofGradients = runProgram(backend, {
    key: 'vocoderNormaliseGradientMoments',
    outputShape: [batch * time, 2],
    outputWidth: 1,
    threads: batch * time,
    variables: [...both, { name: 'moments', tensor: ofRows, width: 1 }],
    uniforms: [
      { name: 'groups', type: 'int32', value: groups },
      { name: 'channels', type: 'float32', value: channels },
    ],
    code: `
      let first = index * uniforms.groups;
      let mean = ${vector}(moments[2 * index]);
      var sum = ${vector}(0.0);
      var along = ${vector}(0.0);
      for (var g = 0; g < uniforms.groups; g++) {
        let incoming = dy[first + g];
        sum += incoming;
        along += incoming * (x[first + g] - mean);
      }
      let scale = moments[2 * index + 1];
      result[2 * index] = ${total('sum')} / uniforms.channels;
      result[2 * index + 1] = ${total('along')} * scale * scale / uniforms.channels;`,
  })
  const gradient = mapVectors(backend, x, {
    key: 'vocoderNormaliseGradient',
    variables: [
      ...both,
      { name: 'moments', tensor: ofRows, width: 1 },
      { name: 'along', tensor: ofGradients, width: 1 },
    ],
    code: `
      let row = index / uniforms.groups;
      let centred = x[index] - ${vector}(moments[2 * row]);
      let kept = dy[index] - ${vector}(along[2 * row]) - centred * along[2 * row + 1];
      result[index] = kept * moments[2 * row + 1];`,
  })
  disposeIntermediate(backend, ofRows)
  disposeIntermediate(backend, ofGradients)
  return gradient
}
