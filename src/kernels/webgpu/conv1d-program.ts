/**
 * conv1d on WebGPU. A thread computes eight samples of four channels (or of one, if the number of channels is not a
 * multiple of four): with vectors on both sides, twelve loads serve 128 multiply-adds. Threads of neighbouring channels
 * are adjacent, read the same samples and write contiguous memory.
 */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, optionalTensorInput, tensorInput } from '../kernel-arguments.ts'
import { momentsOfRows } from './frame-programs.ts'
import { halfProducts } from './half-products.ts'
import {
  disposeIntermediate,
  runProgram,
  type Uniform,
  unrolled,
  type Variable,
  vectorWidth,
  wgslType,
} from './program.ts'

const samplesPerThread = 8

const halfType = (width: 1 | 4) => (width === 4 ? 'vec4<f16>' : 'f16')

export const conv1dWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const residual = optionalTensorInput(inputs, 'residual')
  const slope = numberAttribute(attrs, 'leakyReluSlope')
  return runConv1d(backend, inputs, {
    dilation: numberAttribute(attrs, 'dilation'),
    residualRepeat: numberAttribute(attrs, 'residualRepeat'),
    slope,
    residual,
    epilogue: residual ? 'residual' : slope === 1 ? 'linear' : 'leaky',
  })
}

/** A kernel of products.ts, which reads values as they are and normalises them by their moments. */
export const normalisedProductWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const moments = momentsOfRows(backend, tensorInput(inputs, 'x'), numberAttribute(attrs, 'epsilon'))
  const epilogue = numberAttribute(attrs, 'activated') ? 'silu' : 'linear'
  const product = runConv1d(backend, inputs, { moments, epilogue, isHalf: halfProducts() })
  disposeIntermediate(backend, moments)
  return product
}

export const residualProductWebGpu: tf.KernelFunc = ({ inputs, backend }) =>
  runConv1d(backend, inputs, {
    residual: tensorInput(inputs, 'residual'),
    epilogue: 'residual',
    isHalf: halfProducts(),
  })

type Epilogue = 'linear' | 'leaky' | 'residual' | 'silu'

type Options = {
  readonly dilation?: number
  readonly residualRepeat?: number
  readonly slope?: number
  readonly residual?: tf.Tensor
  /** Mean and 1 over the standard deviation of each position of x, by which it is normalised, [positions, 2]. */
  readonly moments?: tf.TensorInfo
  readonly epilogue: Epilogue
  /** Multiplies in 16 bits. */
  readonly isHalf?: boolean
}

function runConv1d(backend: unknown, inputs: tf.NamedTensorInfoMap, options: Options): tf.TensorInfo {
  const { dilation = 1, residualRepeat = 1, slope = 1, residual, moments, epilogue, isHalf = false } = options
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  const [taps, , outputs] = filter.shape
  const inWidth = vectorWidth(channels)
  const outWidth = vectorWidth(outputs)
  const tiles = Math.ceil(time / samplesPerThread)
  const variables: Variable[] = [
    { name: 'x', tensor: x, width: inWidth },
    { name: 'weights', tensor: filter, width: outWidth },
    { name: 'bias', tensor: tensorInput(inputs, 'bias'), width: outWidth },
  ]
  if (residual) variables.push({ name: 'residual', tensor: residual, width: outWidth })
  if (moments) variables.push({ name: 'moments', tensor: moments, width: 1 })
  const uniforms: Uniform[] = [
    { name: 'time', type: 'int32', value: time },
    { name: 'tiles', type: 'int32', value: tiles },
    { name: 'inGroups', type: 'int32', value: channels / inWidth },
    { name: 'outGroups', type: 'int32', value: outputs / outWidth },
    { name: 'dilation', type: 'int32', value: dilation },
    { name: 'slope', type: 'float32', value: slope },
    { name: 'residualRepeat', type: 'int32', value: residualRepeat },
  ]
  const isNormalised = moments !== undefined
  return runProgram(backend, {
    key: `vocoderConv1d_${taps}_${epilogue}${isNormalised ? '_normalised' : ''}${isHalf ? '_half' : ''}`,
    outputShape: [batch, time, outputs],
    outputWidth: outWidth,
    threads: batch * tiles * (outputs / outWidth),
    variables,
    uniforms,
    code: conv1dCode({ taps, inWidth, outWidth, epilogue, isNormalised, isHalf }),
  })
}

type CodeShape = {
  readonly taps: number
  readonly inWidth: 1 | 4
  readonly outWidth: 1 | 4
  readonly epilogue: Epilogue
  readonly isNormalised: boolean
  readonly isHalf: boolean
}

function conv1dCode({ taps, inWidth, outWidth, epilogue, isNormalised, isHalf }: CodeShape): string {
  const [inType, outType] = [wgslType(inWidth), wgslType(outWidth)]
  const [inFactor, outFactor] = isHalf ? [halfType(inWidth), halfType(outWidth)] : [inType, outType]
  const lanes = inWidth === 4 ? ['.x', '.y', '.z', '.w'] : ['']
  const result = {
    linear: 'sum',
    leaky: `select(sum * uniforms.slope, sum, sum > ${outType}(0.0))`,
    silu: `sum / (${outType}(1.0) + exp(-sum))`,
    residual:
      'sum + residual[(item * (uniforms.time / uniforms.residualRepeat) + t / uniforms.residualRepeat)' +
      ' * uniforms.outGroups + group]',
  }[epilogue]
  const momentsOfRow = (r: number) => `
        let mean${r} = ${inType}(moments[2 * position${r}]);
        let scale${r} = moments[2 * position${r} + 1];`
  const value = (r: number) => (isNormalised ? `(x[row${r} + i] - mean${r}) * scale${r}` : `x[row${r} + i]`)
  return `
    let group = index % uniforms.outGroups;
    let item = index / (uniforms.outGroups * uniforms.tiles);
    let start = ((index / uniforms.outGroups) % uniforms.tiles) * ${samplesPerThread};
    ${unrolled(samplesPerThread, (r) => `var sum${r} = bias[group];`)}
    for (var tap = 0; tap < ${taps}; tap++) {
      let origin = start + uniforms.dilation * (tap - ${(taps - 1) / 2});
      ${unrolled(
        samplesPerThread,
        (r) => `let inside${r} = origin + ${r} >= 0 && origin + ${r} < uniforms.time;
        let position${r} = item * uniforms.time + clamp(origin + ${r}, 0, uniforms.time - 1);
        let row${r} = position${r} * uniforms.inGroups;${isNormalised ? momentsOfRow(r) : ''}`,
      )}
      for (var i = 0; i < uniforms.inGroups; i++) {
        let at = ((tap * uniforms.inGroups + i) * ${inWidth}) * uniforms.outGroups + group;
        ${lanes.map((_, lane) => `let w${lane} = ${outFactor}(weights[at + ${lane} * uniforms.outGroups]);`).join('\n')}
        ${unrolled(
          samplesPerThread,
          (r) => `let x${r} = ${inFactor}(select(${inType}(0.0), ${value(r)}, inside${r}));
          sum${r} += ${outType}(${lanes.map((lane, index) => `x${r}${lane} * w${index}`).join(' + ')});`,
        )}
      }
    }
    ${unrolled(
      samplesPerThread,
      (r) => `if (start + ${r} < uniforms.time) {
        let t = start + ${r};
        let sum = sum${r};
        result[(item * uniforms.time + t) * uniforms.outGroups + group] = ${result};
      }`,
    )}`
}
