/** The mirrored extension of reflected.ts on WebGPU, with a thread per sample of the result. */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram } from './program.ts'

/** WGSL's remainder has the sign of the dividend. */
export const mirroredFunction = `
  fn mirrored(place : i32, time : i32) -> i32 {
    if (place >= 0 && place < time) { return place; }
    let period = max(1, 2 * (time - 1));
    let within = ((place % period) + period) % period;
    return min(within, period - within);
  }`

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
    ],
    declarations: mirroredFunction,
    code: `
      let place = mirrored(index % uniforms.length - uniforms.before, uniforms.time);
      result[index] = x[(index / uniforms.length) * uniforms.time + place];`,
  })
}
