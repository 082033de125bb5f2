/**
 * Our own WebAssembly module (assembly/) in the memory of tfjs's wasm backend: it reads and writes tensors in place.
 * Emscripten exports the memory of a single-threaded backend. The shared memory of a threaded backend is not exported
 * and has to be captured while the backend starts.
 */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import binaries from './assembly/index.ts?assembly'
import { newTensor, valuesInHeap } from './heap.ts'
import type { Helper } from './helping-thread.ts'

type Address = number

type Absorbing = [matrix: Address, bias: Address, gains: Address, offsets: Address, scale: Address]

/** The arguments of a copy: where to and where from, with their row strides in values, and the size. */
type Copy = (
  to: Address,
  toStride: number,
  from: Address,
  fromStride: number,
  rows: number,
  columns: number,
) => void

/** The exports of assembly/index.ts, which documents them. */
type Exports = {
  absorbed(
    ...values: [...from: Absorbing, filter: Address, newBias: Address, rows: number, columns: number]
  ): void
  absorbedGradients(
    ...values: [
      ...from: Absorbing,
      dFilter: Address,
      dNewBias: Address,
      dMatrix: Address,
      dBias: Address,
      dGains: Address,
      dOffsets: Address,
      dScale: Address,
      rows: number,
      columns: number,
    ]
  ): void
  adam(
    ...values: [
      weight: Address,
      average: Address,
      mean: Address,
      square: Address,
      gradient: Address,
      newWeight: Address,
      newAverage: Address,
      newMean: Address,
      newSquare: Address,
      count: number,
      meanDecay: number,
      squareDecay: number,
      averageDecay: number,
      factor: number,
      size: number,
      epsilon: number,
    ]
  ): void
  addRepeated(to: Address, from: Address, rows: number, columns: number, repeat: number): void
  copyRows: Copy
  depthwise(
    ...values: [
      x: Address,
      filter: Address,
      bias: Address,
      y: Address,
      batch: number,
      time: number,
      channels: number,
      taps: number,
      isReversed: boolean,
    ]
  ): void
  depthwiseFilterGradient(
    ...values: [
      x: Address,
      dy: Address,
      gradient: Address,
      batch: number,
      time: number,
      channels: number,
      taps: number,
    ]
  ): void
  exponential(x: Address, to: Address, count: number): void
  help(control: Address, thread: number): void
  normalise(x: Address, y: Address, rows: number, channels: number, epsilon: number): void
  normaliseGradient(
    x: Address,
    dy: Address,
    dx: Address,
    rows: number,
    channels: number,
    epsilon: number,
  ): void
  product(
    ...values: [
      a: Address,
      aRowStride: number,
      aColumnStride: number,
      b: Address,
      bRowStride: number,
      bColumnStride: number,
      bias: Address,
      y: Address,
      rows: number,
      inner: number,
      columns: number,
      scratch: Address,
      control: Address,
    ]
  ): void
  silu(x: Address, y: Address, count: number): void
  siluGradient(x: Address, dy: Address, dx: Address, count: number): void
  spectra: Transform
  spectraTransposed: Transform
  sumOfSquares(values: Address, count: number): number
  sumOverTime(x: Address, to: Address, rows: number, channels: number): void
  transpose: Copy
}

/** Arguments: three inputs and scratch, then the outputs in the order of assembly/spectra.ts, then the sizes. */
type Transform = (
  ...values: [
    Address,
    Address,
    Address,
    Address,
    Address,
    batch: number,
    frames: number,
    hopSamples: number,
    fftSize: number,
  ]
) => void

export type OwnModule = Exports & {
  /** The control block of assembly/shared-work.ts. */
  readonly control: Address
  /** Number of threads that share work, with the one that calls the module. */
  readonly threads: number
}

type Instantiated = {
  own: OwnModule
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
}

/** A module with one instruction of relaxed SIMD, `i8x16.relaxed_swizzle`, which is valid where the browser has them. */
// biome-ignore format: the sections of the module, a line each
const relaxedProbe = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 5, 1, 0x60, 0, 1, 0x7b,
  3, 2, 1, 0,
  10, 15, 1, 13, 0, 0x41, 1, 0xfd, 15, 0x41, 2, 0xfd, 15, 0xfd, 0x80, 2, 11,
])

/** Values of 4 bytes in the control block. */
const controlSize = 32

let sharedMemory: WebAssembly.Memory | undefined
const modules = new WeakMap<BackendWasm, Instantiated>()

/** Runs `start`, in which a threaded wasm backend may start, and remembers the shared memory that it creates. */
export async function catchingSharedMemory<Result>(start: () => Promise<Result>): Promise<Result> {
  const { Memory } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor)
      if (descriptor.shared) sharedMemory = this
    }
  }
  try {
    return await start()
  } finally {
    WebAssembly.Memory = Memory
  }
}

/**
 * Fetches the module for the backend's memory and puts it there, unless the browser has no SIMD or the memory was not
 * captured. Rejects if it cannot be fetched.
 */
export async function loadOwnModule(backend: unknown): Promise<void> {
  const wasm = wasmBackend(backend)
  const memory = memoryOf(wasm)
  if (!memory || modules.has(wasm)) return
  const isShared = !(memory.buffer instanceof ArrayBuffer)
  const hasRelaxed = WebAssembly.validate(relaxedProbe)
  const [plain, relaxed] = isShared
    ? (['shared', 'sharedRelaxed'] as const)
    : (['own', 'ownRelaxed'] as const)
  const response = await fetch(binaries[hasRelaxed ? relaxed : plain])
  if (!response.ok) throw new Error(`The kernels could not be fetched (${response.status}).`)
  const bytes = await response.arrayBuffer()
  if (!WebAssembly.validate(bytes)) return
  const module = await WebAssembly.compile(bytes)
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } })
  const control = valuesInHeap(wasm, newTensor(wasm, [controlSize])).fill(0).byteOffset
  modules.set(wasm, { own: { ...(exports as Exports), control, threads: 1 }, module, memory })
}

/** Returns the module in the backend's memory; undefined if it was not loaded, or could not be. */
export function ownModule(backend: unknown): OwnModule | undefined {
  return modules.get(wasmBackend(backend))?.own
}

/**
 * Lets `threads` threads share the module's work, with the calling one; kernels that were registered before keep to
 * one. Returns what the others need: nothing if the backend's memory is not shared.
 */
export function helpersOf(backend: unknown, threads: number): Helper[] {
  const found = modules.get(wasmBackend(backend))
  if (!found || found.memory.buffer instanceof ArrayBuffer) return []
  const { own, module, memory } = found
  found.own = { ...own, threads }
  return Array.from({ length: threads - 1 }, (_, index) => ({
    module,
    memory,
    control: own.control,
    thread: index + 1,
  }))
}

function wasmBackend(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend
  throw new Error('A wasm kernel was called on another backend')
}

/** The parts of Emscripten's module that tfjs's types leave out. */
type Emscripten = { readonly HEAPU8: Uint8Array; readonly asm?: { readonly memory?: WebAssembly.Memory } }

function memoryOf(backend: BackendWasm): WebAssembly.Memory | undefined {
  const { HEAPU8, asm } = backend.wasm as unknown as Emscripten
  const memory = asm?.memory ?? sharedMemory
  return memory?.buffer === HEAPU8.buffer ? memory : undefined
}
