/**
 * The filter gradient on WebGPU in two passes, bit-identical in every run: partial sums, with a thread per block of
 * channels, tap and segment of time, then their sum. (tfjs runs one thread per weight over all time, or adds with
 * atomics in arbitrary order.)
 */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { disposeIntermediate, runProgram, unrolled, vectorWidth, wgslType } from './program.ts'
import { sumOfPartials } from './sum-of-partials.ts'

const samplesPerPartial = 512

export const conv1dFilterGradientWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attrs, 'taps')
  const [batch, time, channels] = activationShape(x)
  const [, , outputs] = activationShape(dy)
  const inWidth = vectorWidth(channels)
  const outWidth = vectorWidth(outputs)
  const inGroups = channels / inWidth
  const outGroups = outputs / outWidth
  const segments = Math.ceil(time / samplesPerPartial)
  const partials = batch * segments
  const partial = runProgram(backend, {
    key: 'vocoderConv1dFilterGradient',
    outputShape: [partials, taps * channels * outputs],
    outputWidth: outWidth,
    threads: partials * taps * inGroups * outGroups,
    variables: [
      { name: 'x', tensor: x, width: inWidth },
      { name: 'dy', tensor: dy, width: outWidth },
    ],
    uniforms: [
      { name: 'time', type: 'int32', value: time },
      { name: 'segments', type: 'int32', value: segments },
      { name: 'inGroups', type: 'int32', value: inGroups },
      { name: 'outGroups', type: 'int32', value: outGroups },
      { name: 'taps', type: 'int32', value: taps },
      { name: 'dilation', type: 'int32', value: numberAttribute(attrs, 'dilation') },
    ],
    code: partialCode(inWidth, outWidth),
  })
  const sum = sumOfPartials(backend, partial, partials, [taps, channels, outputs])
  disposeIntermediate(backend, partial)
  return sum
}

function partialCode(inWidth: 1 | 4, outWidth: 1 | 4): string {
  const lanes = inWidth === 4 ? ['.x', '.y', '.z', '.w'] : ['']
  return `
    let outGroup = index % uniforms.outGroups;
    let inGroup = (index / uniforms.outGroups) % uniforms.inGroups;
    let tap = (index / (uniforms.outGroups * uniforms.inGroups)) % uniforms.taps;
    let partial = index / (uniforms.outGroups * uniforms.inGroups * uniforms.taps);
    let item = partial / uniforms.segments;
    let offset = uniforms.dilation * (tap - (uniforms.taps - 1) / 2);
    let start = (partial % uniforms.segments) * ${samplesPerPartial};
    let first = max(start, -offset);
    let end = min(min(start + ${samplesPerPartial}, uniforms.time), uniforms.time - offset);
    ${unrolled(inWidth, (lane) => `var sum${lane} = ${wgslType(outWidth)}(0.0);`)}
    for (var t = first; t < end; t++) {
      let value = x[(item * uniforms.time + t + offset) * uniforms.inGroups + inGroup];
      let gradient = dy[(item * uniforms.time + t) * uniforms.outGroups + outGroup];
      ${lanes.map((lane, index) => `sum${index} += value${lane} * gradient;`).join('\n')}
    }
    let row = ((partial * uniforms.taps + tap) * uniforms.inGroups + inGroup) * ${inWidth};
    ${unrolled(inWidth, (lane) => `result[(row + ${lane}) * uniforms.outGroups + outGroup] = sum${lane};`)}`
}
