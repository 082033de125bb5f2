/**
 * The kernels of framed-spectra.ts and stft.ts on WebGPU. A workgroup transforms a frame of real numbers as half as many
 * complex ones (dsp/spectra/fft.ts), so that signals and spectra pass through the GPU's memory once. The order of summation is
 * fixed.
 */
import type * as tf from '@tensorflow/tfjs'
import { framedSizes } from '../frames/framed-spectra.ts'
import { numberAttribute, optionalTensorInput, tensorInput } from '../kernel-arguments.ts'
import { runPairProgram, runProgram, type Uniform, unrolled, type Variable } from './program.ts'
import { mirroredFunction } from './reflected-program.ts'
import { workgroupFft } from './workgroup-fft.ts'

type Sizes = ReturnType<typeof framedSizes>

const integers = (values: Readonly<Record<string, number>>): Uniform[] =>
  Object.entries(values).map(([name, value]) => ({ name, type: 'int32', value }))

const scalars = (tensors: Readonly<Record<string, tf.Tensor>>): Variable[] =>
  Object.entries(tensors).map(([name, tensor]) => ({ name, tensor, width: 1 }))

/** The kernel `spectraKernel`, whose signal needs no padding. */
export const spectraWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  return spectra(backend, sizes, tensorInput(inputs, 'x'), tensorInput(inputs, 'table'), {
    time: sizes.samples,
    padLeft: 0,
  })
}

/** The kernel `signalSpectraKernel` of stft.ts. */
export const signalSpectraWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const signal = tensorInput(inputs, 'signal')
  return spectra(backend, framedSizes(inputs, attrs), signal, tensorInput(inputs, 'table'), {
    time: signal.shape[1] ?? 0,
    padLeft: numberAttribute(attrs, 'padLeft'),
  })
}

/** Samples of each signal, and how many mirrored ones the first frame begins with. */
type Padding = { readonly time: number; readonly padLeft: number }

function spectra(
  backend: unknown,
  { batch, frames, hopSamples, fftSize, bins }: Sizes,
  x: tf.Tensor,
  table: tf.Tensor,
  { time, padLeft }: Padding,
): [tf.TensorInfo, tf.TensorInfo] {
  const half = fftSize / 2
  const fft = workgroupFft(half, -1)
  const rows = batch * frames
  return runPairProgram(backend, {
    key: `vocoderFramedSpectra${fftSize}`,
    outputShape: [rows, bins],
    outputWidth: 1,
    threads: rows * fft.threads,
    workgroupThreads: fft.threads,
    variables: scalars({ x, waves: table }),
    uniforms: integers({ rows, frames, hop: hopSamples, time, padLeft }),
    declarations: `
      ${fft.declarations}
      ${mirroredFunction}
      /** Two consecutive samples of a frame as one complex number; the frame begins with sample 'first' of x. */
      fn loaded(item : i32, first : i32, place : i32) -> vec2<f32> {
        let n = 2 * place;
        let start = item * uniforms.time;
        return vec2<f32>(
          x[start + mirrored(first + n, uniforms.time)] * waves[n],
          x[start + mirrored(first + n + 1, uniforms.time)] * waves[n + 1]);
      }`,
    // The transforms of even and odd samples are the Hermitian parts of the complex one; two bins come of a pair.
    code: `
      let thread = index % ${fft.threads};
      let row = index / ${fft.threads};
      let item = row / uniforms.frames;
      let start = (row % uniforms.frames) * uniforms.hop - uniforms.padLeft;
      ${fft.code((place) => `loaded(item, start, ${place})`)}
      if (row < uniforms.rows) {
        for (var bin = thread; bin <= ${half / 2}; bin += ${fft.threads}) {
          let one = transformed(bin);
          let other = transformed((${half} - bin) & ${half - 1}) * vec2<f32>(1.0, -1.0);
          let even = 0.5 * (one + other);
          let odd = turned(
            0.5 * (one - other), vec2<f32>(-waves[${2 * fftSize} + bin], -waves[${fftSize} + bin]));
          let at = row * ${bins} + bin;
          let mirror = row * ${bins} + ${half} - bin;
          result[at] = even.x + odd.x;
          second[at] = even.y + odd.y;
          result[mirror] = even.x - odd.x;
          second[mirror] = odd.y - even.y;
        }
      }`,
  })
}

export const spectraTransposedWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  return overlapAdded(backend, sizes, inputs, {
    key: '',
    variables: [],
    weight: 'select(0.5, 1.0, isEdge)',
    kept: { length: sizes.samples, padLeft: 0 },
    gain: '1.0',
  })
}

/** The kernel `filteredSignalKernel` of stft.ts. */
export const filteredSignalWebGpu: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const gains = optionalTensorInput(inputs, 'gains')
  const overlap = tensorInput(inputs, 'overlap')
  return overlapAdded(backend, sizes, inputs, {
    key: gains ? 'Filtered' : 'Counted',
    variables: scalars({ overlap, ...(gains && { gains }) }),
    weight: `${gains ? 'gains[at]' : '1.0'} / ${sizes.fftSize}.0`,
    kept: { length: overlap.size, padLeft: numberAttribute(attrs, 'padLeft') },
    gain: 'overlap[place]',
  })
}

type Overlap = {
  readonly key: string
  readonly variables: readonly Variable[]
  /** Multiplies the spectrum at value `at` of its tensor; `isEdge` marks the first and the last bin. */
  readonly weight: string
  /** The samples from `padLeft` of the grid are returned; `gain` multiplies that at `place`. */
  readonly kept: { readonly length: number; readonly padLeft: number }
  readonly gain: string
}

/** Hops of the result that a workgroup computes, one after the other; frames that reach into them are transformed twice. */
const hopsPerGroup = 8

/**
 * Each thread sums the samples whose number in the grid has a certain remainder by the FFT size: after the first hop of
 * a frame, no later frame adds to the samples of that hop, which can be written.
 */
function overlapAdded(
  backend: unknown,
  { batch, frames, hopSamples, fftSize }: Sizes,
  inputs: tf.NamedTensorInfoMap,
  { key, variables, weight, kept: { length, padLeft }, gain }: Overlap,
): tf.TensorInfo {
  const half = fftSize / 2
  const fft = workgroupFft(half, 1)
  const firstHop = Math.floor(padLeft / hopSamples)
  const groups = Math.ceil((padLeft + length - firstHop * hopSamples) / (hopsPerGroup * hopSamples))
  const framesBefore = Math.ceil(fftSize / hopSamples) - 1
  const [re, im, waves] = ['re', 'im', 'table'].map((name) => tensorInput(inputs, name))
  return runProgram(backend, {
    key: `vocoderOverlapAdded${key}${fftSize}`,
    outputShape: [batch, length],
    outputWidth: 1,
    threads: batch * groups * fft.threads,
    workgroupThreads: fft.threads,
    variables: [...scalars({ re, im, waves }), ...variables],
    uniforms: integers({
      batch,
      groups,
      frames,
      hop: hopSamples,
      length,
      padLeft,
      firstHop,
      framesBefore,
      framesPerGroup: framesBefore + hopsPerGroup,
    }),
    declarations: `
      ${fft.declarations}
      fn weighted(row : i32, bin : i32) -> vec2<f32> {
        let at = row * ${half + 1} + bin;
        let isEdge = bin == 0 || bin == ${half};
        return vec2<f32>(re[at], select(im[at], 0.0, isEdge)) * (${weight});
      }
      /** The spectrum of even samples plus i times that of odd ones; 0 if there is no such row. */
      fn loaded(row : i32, bin : i32) -> vec2<f32> {
        if (row < 0) { return vec2<f32>(0.0); }
        let one = weighted(row, bin);
        let other = weighted(row, ${half} - bin) * vec2<f32>(1.0, -1.0);
        return one + other
          + turned(one - other, vec2<f32>(-waves[${2 * fftSize} + bin], waves[${fftSize} + bin]));
      }
      fn write(item : i32, t : i32, value : f32) {
        let place = t - uniforms.padLeft;
        if (item < uniforms.batch && place >= 0 && place < uniforms.length) {
          result[item * uniforms.length + place] = value * ${gain};
        }
      }`,
    code: `
      let thread = index % ${fft.threads};
      let group = index / ${fft.threads};
      let item = group / uniforms.groups;
      let firstHop = uniforms.firstHop + (group % uniforms.groups) * ${hopsPerGroup};
      ${unrolled(fftSize / fft.threads, (slot) => `var sum${slot} = 0.0;`)}
      for (var step = 0; step < uniforms.framesPerGroup; step++) {
        let frame = firstHop - uniforms.framesBefore + step;
        let row = select(-1, item * uniforms.frames + frame, frame >= 0 && frame < uniforms.frames);
        let start = frame * uniforms.hop;
        ${fft.code((place) => `loaded(row, ${place})`)}
        ${unrolled(
          fftSize / fft.threads,
          (slot) => `{
            let n = (thread + ${slot * fft.threads} - start) & ${fftSize - 1};
            let pair = transformed(n >> 1u);
            sum${slot} += waves[n] * select(pair.x, pair.y, (n & 1) == 1);
            if (n < uniforms.hop) {
              if (step >= uniforms.framesBefore) { write(item, start + n, sum${slot}); }
              sum${slot} = 0.0;
            }
          }`,
        )}
        if (step >= uniforms.framesBefore) {
          // No frame covers these samples, if the hop is longer than the frame.
          for (var n = ${fftSize} + thread; n < uniforms.hop; n += ${fft.threads}) { write(item, start + n, 0.0); }
        }
        workgroupBarrier();
      }`,
  })
}
