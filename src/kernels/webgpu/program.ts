/**
 * Shared parts of the WebGPU programs. tfjs generates the bindings from `variableNames` and `uniforms`. Every variable
 * must be used, because otherwise bind groups fail silently, and `shaderKey` must contain everything that affects the
 * code. A program serves one call, since running it changes it. Only Fourier transforms use barriers: elsewhere caches do
 * the work of workgroup memory, and the software adapters on which the tests run are several times faster without barriers.
 */
import type * as tf from '@tensorflow/tfjs'
import { WebGPUBackend, type WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'

const defaultWorkgroupThreads = 64

/** Numbers that a thread processes at once: vec4 if the number of channels (or values) allows it. */
export type VectorWidth = 1 | 4

export function vectorWidth(...counts: readonly number[]): VectorWidth {
  return counts.every((count) => count % 4 === 0) ? 4 : 1
}

export const wgslType = (width: VectorWidth) => (width === 4 ? 'vec4<f32>' : 'f32')

export type Variable = { readonly name: string; readonly tensor: tf.TensorInfo; readonly width: VectorWidth }
export type Uniform = { readonly name: string; readonly type: 'int32' | 'float32'; readonly value: number }

export type ProgramCall = {
  /** Unique per `code`, except for what tfjs adds itself: ranks, and which shapes are equal. */
  readonly key: string
  readonly outputShape: number[]
  readonly outputWidth: VectorWidth
  /** The body of `fn main(index: i32)`, run for each index below `uniforms.threads`. */
  readonly code: string
  /** Functions that `code` calls. */
  readonly declarations?: string
  readonly threads: number
  /**
   * Threads of a workgroup whose `code` has barriers. It runs for all indices of the last workgroups, and must not write
   * for those from `uniforms.threads`.
   */
  readonly workgroupThreads?: number
  readonly variables: readonly Variable[]
  readonly uniforms: readonly Uniform[]
}

/** Runs the program on `backend`, which must be the WebGPU one; the result belongs to the calling kernel. */
export function runProgram(backend: unknown, call: ProgramCall): tf.TensorInfo {
  const { workgroupThreads = defaultWorkgroupThreads } = call
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
    getUserCode: () => `${call.declarations ?? ''}
    fn main(index : i32) {
      ${call.workgroupThreads ? '' : 'if (index >= uniforms.threads) { return; }'}
      ${call.code}
    }`,
  }
  return webGpu(backend).runWebGPUProgram(
    program,
    call.variables.map(({ tensor }) => tensor),
    'float32',
    uniforms.map(({ type, value }) => ({ type, data: [value] })),
  )
}

/**
 * Does the same for code that also writes `second`, of the shape and width of `result`, and returns both. tfjs knows one
 * result only, so the other is bound as an input that the code does not read, and declared again as writable.
 */
export function runPairProgram(backend: unknown, call: ProgramCall): [tf.TensorInfo, tf.TensorInfo] {
  const second = webGpu(backend).makeTensorInfo(call.outputShape, 'float32')
  const type = wgslType(call.outputWidth)
  const declarations = `
    @group(0) @binding(${1 + call.variables.length}) var<storage, read_write> second : array<${type}>;
    ${call.declarations ?? ''}`
  const asInput = { name: 'secondInput', tensor: second, width: call.outputWidth }
  return [runProgram(backend, { ...call, declarations, variables: [...call.variables, asInput] }), second]
}

function webGpu(backend: unknown): WebGPUBackend {
  if (backend instanceof WebGPUBackend) return backend
  throw new Error('A WebGPU kernel was called on another backend')
}

/** Releases an intermediate result of a kernel. */
export function disposeIntermediate(backend: unknown, intermediate: tf.TensorInfo): void {
  if (backend instanceof WebGPUBackend) backend.disposeData(intermediate.dataId)
}

/** Joins `code(0)` to `code(count - 1)` as lines: loops that must be unrolled into registers. */
export function unrolled(count: number, code: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => code(index)).join('\n')
}
