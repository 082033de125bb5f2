/**
 * The noise of base/random.ts on WebGPU, with a thread per block of four samples: Philox 4x32-10 to the bit, then
 * Box-Muller. WGSL allows its own log, sin and cos errors of 1e-4 and more, so their series are summed here, on arguments
 * that are reduced without rounding.
 */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute } from '../kernel-arguments.ts'
import { runProgram } from './program.ts'

export const noiseWebGpu: tf.KernelFunc = ({ attrs, backend }) => {
  const number = (name: string) => numberAttribute(attrs, name)
  const [first, length] = [number('first'), number('length')]
  const firstBlock = Math.floor(first / 4)
  return runProgram(backend, {
    key: 'vocoderNoise',
    outputShape: [1, length],
    outputWidth: 1,
    threads: Math.ceil((first + length) / 4) - firstBlock,
    variables: [],
    uniforms: [
      { name: 'seed', type: 'int32', value: number('seed') },
      { name: 'stream', type: 'int32', value: number('stream') },
      { name: 'firstBlock', type: 'int32', value: firstBlock },
      // The place in the result of the first block's first sample, which may lie before it.
      { name: 'origin', type: 'int32', value: 4 * firstBlock - first },
      { name: 'count', type: 'int32', value: length },
    ],
    declarations,
    code: `
      let words = philox(vec4<u32>(u32(index + uniforms.firstBlock), 0u, 0u, 0u),
        vec2<u32>(bitcast<u32>(uniforms.seed), bitcast<u32>(uniforms.stream)));
      let values = vec4<f32>(gaussianPair(words.xy), gaussianPair(words.zw));
      for (var lane = 0; lane < 4; lane++) {
        let at = uniforms.origin + 4 * index + lane;
        if (at >= 0 && at < uniforms.count) { result[at] = values[lane]; }
      }`,
  })
}

const declarations = `
  fn multiplyHigh(a : u32, b : u32) -> u32 {
    let low = ((a & 0xffffu) * (b & 0xffffu)) >> 16u;
    let middle = (a >> 16u) * (b & 0xffffu) + low;
    let carry = (a & 0xffffu) * (b >> 16u) + (middle & 0xffffu);
    return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (carry >> 16u);
  }

  fn philox(start : vec4<u32>, firstKey : vec2<u32>) -> vec4<u32> {
    var c = start;
    var key = firstKey;
    for (var round = 0; round < 10; round++) {
      let high = vec2<u32>(multiplyHigh(0xd2511f53u, c.x), multiplyHigh(0xcd9e8d57u, c.z));
      c = vec4<u32>(high.y ^ c.y ^ key.x, 0xcd9e8d57u * c.z, high.x ^ c.w ^ key.y, 0xd2511f53u * c.x);
      key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
    }
    return c;
  }

  // -ln((word + 1/2) / 2^32) = -exponent ln 2 - 2 artanh((m - 1) / (m + 1)), with m between sqrt(1/2) and sqrt(2).
  fn minusLog(word : u32) -> f32 {
    var exponent = 0.0;
    var s = 0.0;
    if (word >= 0xb504f334u) {
      let missing = (f32(~word) + 0.5) * 0x1p-32; // to 1, where m - 1 would lose digits
      s = -missing / (2.0 - missing);
    } else {
      let parts = frexp(f32(word) + 0.5);
      let below = parts.fract < 0.70710678;
      let m = select(parts.fract, 2.0 * parts.fract, below);
      exponent = f32(parts.exp - 32) - select(0.0, 1.0, below);
      s = (m - 1.0) / (m + 1.0);
    }
    let s2 = s * s;
    let series = s * (1.0 + s2 * (1.0 / 3.0 + s2 * (0.2 + s2 * (1.0 / 7.0 + s2 / 9.0))));
    return -exponent * 0.69314718 - 2.0 * series;
  }

  fn gaussianPair(words : vec2<u32>) -> vec2<f32> {
    let radius = sqrt(2.0 * minusLog(words.x));
    // The nearest quarter of a turn, and the rest, at most an eighth.
    let quarter = (words.y + 0x20000000u) >> 30u;
    let a = f32(bitcast<i32>(words.y - (quarter << 30u))) * (6.28318531 * 0x1p-32);
    let a2 = a * a;
    let sine = a * (1.0 - a2 / 6.0 * (1.0 - a2 / 20.0 * (1.0 - a2 / 42.0 * (1.0 - a2 / 72.0))));
    let cosine = 1.0 - a2 / 2.0 * (1.0 - a2 / 12.0 * (1.0 - a2 / 30.0 * (1.0 - a2 / 56.0 * (1.0 - a2 / 90.0))));
    let turned = select(vec2<f32>(cosine, sine), vec2<f32>(-sine, cosine), (quarter & 1u) == 1u);
    return radius * select(turned, -turned, (quarter & 2u) == 2u);
  }
`
