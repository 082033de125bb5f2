/** Parts of the frame network in one pass on WebGPU, with a thread per result (frame-fusions.ts). */
import type * as tf from '@tensorflow/tfjs'
import { numberAttribute, numbersAttribute, tensorInput } from '../kernel-arguments.ts'
import { runProgram, type Uniform, type Variable, vectorWidth } from './program.ts'

const scalars = (inputs: tf.NamedTensorInfoMap, names: readonly string[]): Variable[] =>
  names.map((name) => ({ name, tensor: tensorInput(inputs, name), width: 1 }))

const integers = (values: Readonly<Record<string, number>>): Uniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }))

const real = (name: string, value: number): Uniform => ({ name, type: 'float32', value })

/** exp of a value that is bent to at most `maxLn`; the driver's own tanh may overflow. */
const limitedGain = `
  fn limitedGain(ln : f32) -> f32 {
    let e = exp(-2.0 * abs(ln) / uniforms.maxLn);
    return exp(uniforms.maxLn * sign(ln) * (1.0 - e) / (1.0 + e));
  }`

export const spectralFeaturesWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const [n, bins] = tensorInput(inputs, 're').shape
  const [, bands] = tensorInput(inputs, 'bands').shape
  const used = numberAttribute(attrs, 'used')
  const columns = 2 * used + bands
  return runProgram(backend, {
    key: 'vocoderSpectralFeatures',
    outputShape: [n, columns],
    outputWidth: 1,
    threads: n * columns,
    variables: scalars(inputs, ['re', 'im', 'bands']),
    uniforms: [
      ...integers({ columns, bins, used, bandCount: bands }),
      real('scale', numberAttribute(attrs, 'scale')),
    ],
    code: `
      let row = index / uniforms.columns;
      let column = index % uniforms.columns;
      if (column < uniforms.used) {
        result[index] = uniforms.scale * re[row * uniforms.bins + column];
      } else if (column < 2 * uniforms.used) {
        result[index] = uniforms.scale * im[row * uniforms.bins + column - uniforms.used];
      } else {
        result[index] = bands[row * uniforms.bandCount + column - 2 * uniforms.used];
      }`,
  })
}

export const mixedSpectraWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const [n, columns] = tensorInput(inputs, 'left').shape
  const [bands, bins] = tensorInput(inputs, 'matrix').shape
  /** The part reads the spectrum of the signal only in `signal`, and of the pulses as `ofPulses` says. */
  const part = (name: string, index: 0 | 1, signal: string, ofPulses: string) =>
    runProgram(backend, {
      key: `vocoderMixedSpectra${name}`,
      outputShape: [n, bins],
      outputWidth: 1,
      threads: n * bins,
      variables: scalars(inputs, ['left', signal, 'pulsesRe', 'pulsesIm', 'matrix', 'ranges']),
      uniforms: [
        ...integers({ columns, bands, bins, first: index * bins }),
        real('scale', numberAttribute(attrs, 'scale')),
      ],
      code: `
        let bin = index % uniforms.bins;
        let start = (index / uniforms.bins) * uniforms.columns;
        var gains = vec3<f32>(0.0);
        for (var band = ranges[2 * bin]; band < ranges[2 * bin + 1]; band++) {
          let at = start + 2 * uniforms.bins + band;
          gains += matrix[band * uniforms.bins + bin]
            * vec3<f32>(left[at], left[at + uniforms.bands], left[at + 2 * uniforms.bands]);
        }
        result[index] = uniforms.scale * left[start + uniforms.first + bin] + ${ofPulses} + gains.z * ${signal}[index];`,
    })
  return [
    part('Re', 0, 're', 'gains.x * pulsesRe[index] - gains.y * pulsesIm[index]'),
    part('Im', 1, 'im', 'gains.x * pulsesIm[index] + gains.y * pulsesRe[index]'),
  ]
}

export const envelopedWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const [batch, samples] = tensorInput(inputs, 'signal').shape
  const gainsPerItem = tensorInput(inputs, 'values').size / batch
  return runProgram(backend, {
    key: 'vocoderEnveloped',
    outputShape: [batch, samples],
    outputWidth: 1,
    threads: batch * samples,
    variables: scalars(inputs, ['signal', 'values']),
    uniforms: [
      ...integers({ samples, gainsPerItem, samplesPerGain: samples / gainsPerItem }),
      real('maxLn', numberAttribute(attrs, 'maxLn')),
    ],
    declarations: limitedGain,
    code: `
      let t = index % uniforms.samples;
      let first = (index / uniforms.samples) * uniforms.gainsPerItem;
      let own = t / uniforms.samplesPerGain;
      let offset = (f32(t % uniforms.samplesPerGain) + 0.5) / f32(uniforms.samplesPerGain) - 0.5;
      let next = clamp(own + select(1, -1, offset < 0.0), 0, uniforms.gainsPerItem - 1);
      let gain = mix(limitedGain(values[first + own]), limitedGain(values[first + next]), abs(offset));
      result[index] = signal[index] * gain;`,
  })
}

export const limitedGainWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const learned = tensorInput(inputs, 'learned')
  return runProgram(backend, {
    key: 'vocoderLimitedGain',
    outputShape: learned.shape,
    outputWidth: 1,
    threads: learned.size,
    variables: scalars(inputs, ['learned', 'lacking', 'strength']),
    uniforms: [
      ...integers({ channels: tensorInput(inputs, 'strength').size }),
      real('maxLn', numberAttribute(attrs, 'maxLn')),
    ],
    declarations: limitedGain,
    code: 'result[index] = limitedGain(learned[index] + lacking[index] * strength[index % uniforms.channels]);',
  })
}

export const weightedSumWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const factors = numbersAttribute(attrs, 'factors')
  const tensors = factors.map((_, index) => tensorInput(inputs, `x${index}`))
  const [{ shape, size }] = tensors
  const width = vectorWidth(size)
  return runProgram(backend, {
    key: `vocoderWeightedSum${factors.length}`,
    outputShape: shape,
    outputWidth: width,
    threads: size / width,
    variables: tensors.map((tensor, index) => ({ name: `x${index}`, tensor, width })),
    uniforms: factors.map((factor, index) => real(`factor${index}`, factor)),
    code: `result[index] = ${factors.map((_, i) => `uniforms.factor${i} * x${i}[index]`).join(' + ')};`,
  })
}
