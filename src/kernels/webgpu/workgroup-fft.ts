/**
 * Fast Fourier transforms in WGSL, each by one workgroup in its own memory: decimation in frequency (Gentleman and Sande
 * 1966) with radix 8, in place. A thread writes only the places that it has read in the same stage, so that one barrier
 * per stage is enough; the digits of the result's places are reversed.
 */
import { unrolled } from './program.ts'

/** A transform in WGSL. Its caller declares `thread`, the number of the thread within the workgroup. */
export type WorkgroupFft = {
  /** Threads of the workgroup. */
  readonly threads: number
  /** Memory and functions for `code` and its caller: `transformed(bin)`, and `turned(z, by)`, a product of complex numbers. */
  readonly declarations: string
  /**
   * Transforms what the expression `load(place)` gives for each place below `size`. It ends with a barrier; before it
   * runs again, the caller needs one after the last `transformed`.
   */
  code(load: (place: string) => string): string
}

/** Numbers that a thread transforms at once. */
const maxRadix = 8

/**
 * The sum over n of values[n] * exp(sign * 2 pi i * bin * n / size), for a power of two of 2048 at most: that many complex
 * numbers fit into the 16 KB, and their threads into the 256, that every WebGPU device has. The program has the variable
 * `waves`, the table of framed-spectra.ts for frames of 2 * size.
 */
export function workgroupFft(size: number, sign: 1 | -1): WorkgroupFft {
  if (size > 2048) throw new Error(`A Fourier transform of ${size} complex numbers exceeds a workgroup`)
  const threads = Math.max(1, size / maxRadix)
  const radices = radicesOf(size)
  const spans = radices.map((_, stage) => radices.slice(0, stage).reduce((span, r) => span / r, size))
  const digits = radices.map((radix, stage) => {
    const digit = `((bin >> ${Math.log2(size / spans[stage])}u) & ${radix - 1})`
    return `${digit} * ${spans[stage] / radix}`
  })
  return {
    threads,
    declarations: `
      var<workgroup> values : array<vec2<f32>, ${size}>;
      fn turned(z : vec2<f32>, by : vec2<f32>) -> vec2<f32> {
        return vec2<f32>(z.x * by.x - z.y * by.y, z.x * by.y + z.y * by.x);
      }
      // Places that a stage reads at once lie in different banks of the memory.
      fn address(place : i32) -> i32 { return place ^ ((place >> 4u) & 15); }
      fn transformed(bin : i32) -> vec2<f32> { return values[address(${digits.join(' + ')})]; }`,
    code: (load) =>
      unrolled(radices.length, (stage) =>
        stageCode({ size, threads, sign, radix: radices[stage], span: spans[stage] }, (place) =>
          stage === 0 ? load(place) : `values[address(${place})]`,
        ),
      ),
  }
}

function radicesOf(size: number): number[] {
  return size > maxRadix ? [maxRadix, ...radicesOf(size / maxRadix)] : [size]
}

type Stage = {
  readonly size: number
  readonly threads: number
  readonly sign: 1 | -1
  readonly radix: number
  /** The size of the transforms of which this is the first stage. */
  readonly span: number
}

function stageCode({ size, threads, sign, radix, span }: Stage, load: (place: string) => string): string {
  const part = span / radix
  const inputs = Array.from({ length: radix }, (_, index) => `v${index}`)
  const { lines, outputs } = transformCode(inputs, sign)
  const twiddled = (index: number) => {
    if (part === 1 || index === 0) return outputs[index]
    const turn = `offset * ${(index * 2 * size) / span}`
    const sine = `${sign < 0 ? '-' : ''}waves[${4 * size} + ${turn}]`
    return `turned(${outputs[index]}, vec2<f32>(waves[${2 * size} + ${turn}], ${sine}))`
  }
  return `
    for (var task = thread; task < ${size / radix}; task += ${threads}) {
      let offset = task & ${part - 1};
      let first = (task - offset) * ${radix} + offset;
      ${unrolled(radix, (index) => `let v${index} = ${load(`first + ${index * part}`)};`)}
      ${lines.join('\n')}
      ${unrolled(radix, (index) => `values[address(first + ${index * part})] = ${twiddled(index)};`)}
    }
    workgroupBarrier();`
}

/** The transform of the variables `inputs`, as declarations of other variables. */
function transformCode(
  inputs: readonly string[],
  sign: 1 | -1,
): { readonly lines: readonly string[]; readonly outputs: readonly string[] } {
  const count = inputs.length
  if (count === 1) return { lines: [], outputs: inputs }
  const [even, odd] = [0, 1].map((parity) =>
    transformCode(
      inputs.filter((_, index) => index % 2 === parity),
      sign,
    ),
  )
  const name = (index: number) => `${inputs.join('')}_${index}`
  const lines = odd.outputs.flatMap((output, index) => {
    const term = `${name(index)}t`
    return [
      `let ${term} = ${turnedBy(output, (sign * index) / count)};`,
      `let ${name(index)} = ${even.outputs[index]} + ${term};`,
      `let ${name(index + count / 2)} = ${even.outputs[index]} - ${term};`,
    ]
  })
  return { lines: [...even.lines, ...odd.lines, ...lines], outputs: inputs.map((_, index) => name(index)) }
}

/** `z` times exp(2 pi i * turns). */
function turnedBy(z: string, turns: number): string {
  if (turns === 0) return z
  if (turns === 1 / 4) return `vec2<f32>(-${z}.y, ${z}.x)`
  if (turns === -1 / 4) return `vec2<f32>(${z}.y, -${z}.x)`
  const angle = 2 * Math.PI * turns
  return `turned(${z}, vec2<f32>(${Math.cos(angle)}, ${Math.sin(angle)}))`
}
