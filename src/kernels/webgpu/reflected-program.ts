/** The mirrored extension of reflected.ts on WebGPU, with a thread per sample of the result. */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram } from './program.ts'

export const reflectedWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const [batch, time] = x.shape
  const before = numberAttribute(attrs, 'before')
  const length = before + time + numberAttribute(attrs, 'after')
  return runProgram(backend, {
    key: 'vocoderReflected',
    outputShape: [batch, length],
    outputWidth: 1,
    threads: batch * length,
    variables: [{ name: 'x', tensor: x, width: 1 }],
    uniforms: [
      { name: 'time', type: 'int32', value: time },
      { name: 'length', type: 'int32', value: length },
      { name: 'before', type: 'int32', value: before },
      { name: 'period', type: 'int32', value: Math.max(1, 2 * (time - 1)) },
    ],
    // WGSL's remainder has the sign of the dividend.
    code: `
      let place = index % uniforms.length - uniforms.before;
      let turned = ((place % uniforms.period) + uniforms.period) % uniforms.period;
      let at = min(turned, uniforms.period - turned);
      result[index] = x[(index / uniforms.length) * uniforms.time + select(at, 0, uniforms.time == 1)];`,
  })
}
