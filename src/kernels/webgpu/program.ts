/**
 * What the WebGPU programs share. tfjs generates the bindings from `variableNames` and `uniforms`; every variable must be
 * used, or bind groups fail silently, and `shaderKey` must hold all that shapes the code. A program serves one call, since
 * running it changes it. None has a barrier: caches do what workgroup memory would, and software adapters, on which the
 * tests run, are several times faster without.
 */
import type * as tf from '@tensorflow/tfjs'
import { WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'

const workgroupThreads = 64

/** Numbers that a thread handles at once: vec4 where `count` channels (or numbers) allow it. */
export type VectorWidth = 1 | 4

export function vectorWidth(...counts: readonly number[]): VectorWidth {
  return counts.every((count) => count % 4 === 0) ? 4 : 1
}

export const wgslType = (width: VectorWidth) => (width === 4 ? 'vec4<f32>' : 'f32')

export type Variable = { readonly name: string; readonly tensor: tf.TensorInfo; readonly width: VectorWidth }
export type Uniform = { readonly name: string; readonly type: 'int32' | 'float32'; readonly value: number }

export type ProgramCall = {
  /** Unique for `code`, but for what tfjs adds by itself: ranks and which shapes are equal. */
  readonly key: string
  readonly outputShape: number[]
  readonly outputWidth: VectorWidth
  /** The body of `fn main(index: i32)`, run for each index below `uniforms.threads`. */
  readonly code: string
  readonly threads: number
  readonly variables: readonly Variable[]
  readonly uniforms: readonly Uniform[]
}

/** Runs the program on `backend`, which must be the WebGPU one; the result belongs to the calling kernel. */
export function runProgram(backend: unknown, call: ProgramCall): tf.TensorInfo {
  if (!(backend instanceof WebGPUBackend)) throw new Error('A WebGPU kernel was called on another backend')
  const uniforms: readonly Uniform[] = [
    { name: 'threads', type: 'int32', value: call.threads },
    ...call.uniforms,
  ]
  const widths = [...call.variables.map(({ width }) => width), call.outputWidth]
  const program: WebGPUProgram = {
    shaderKey: `${call.key}_${widths.join('')}`,
    outputShape: call.outputShape,
    outputComponent: call.outputWidth,
    variableNames: call.variables.map(({ name }) => name),
    variableComponents: call.variables.map(({ width }) => width),
    uniforms: uniforms.map(({ name, type }) => `${name} : ${type === 'int32' ? 'i32' : 'f32'},`).join(' '),
    workgroupSize: [workgroupThreads, 1, 1],
    dispatchLayout: { x: call.outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(call.threads / workgroupThreads), 1, 1],
    getUserCode: () => `fn main(index : i32) {
      if (index >= uniforms.threads) { return; }
      ${call.code}
    }`,
  }
  return backend.runWebGPUProgram(
    program,
    call.variables.map(({ tensor }) => tensor),
    'float32',
    uniforms.map(({ type, value }) => ({ type, data: [value] })),
  )
}

/** Releases a result that stays within a kernel. */
export function disposeIntermediate(backend: unknown, intermediate: tf.TensorInfo): void {
  if (backend instanceof WebGPUBackend) backend.disposeData(intermediate.dataId)
}

/** `code(0)` to `code(count - 1)` on lines of their own: loops that must be unrolled into registers. */
export function unrolled(count: number, code: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => code(index)).join('\n')
}
