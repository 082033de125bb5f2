/**
 * Our own WebAssembly module (assembly/) in the memory of tfjs's wasm backend: it reads and writes tensors in place.
 * Emscripten exports the memory of a single-threaded backend. The shared memory of a threaded backend is not exported
 * and has to be captured while the backend starts.
 */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import binary from './assembly/index.ts?assembly'
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

/** Values of 4 bytes in the control block. */
const controlSize = 32

let sharedMemory: WebAssembly.Memory | undefined
const modules = new WeakMap<BackendWasm, Instantiated | undefined>()

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

/** Returns the module in the backend's memory; undefined if the browser has no SIMD or the memory was not captured. */
export function ownModule(backend: unknown): OwnModule | undefined {
  return instanceOf(backend)?.own
}

/**
 * Lets `threads` threads share the module's work, with the calling one; kernels that were registered before keep to
 * one. Returns what the others need: nothing if the backend's memory is not shared.
 */
export function helpersOf(backend: unknown, threads: number): Helper[] {
  const found = instanceOf(backend)
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

function instanceOf(backend: unknown): Instantiated | undefined {
  if (!(backend instanceof BackendWasm)) throw new Error('A wasm kernel was called on another backend')
  if (!modules.has(backend)) modules.set(backend, instantiated(backend))
  return modules.get(backend)
}

/** The parts of Emscripten's module that tfjs's types leave out. */
type Emscripten = { readonly HEAPU8: Uint8Array; readonly asm?: { readonly memory?: WebAssembly.Memory } }

function instantiated(backend: BackendWasm): Instantiated | undefined {
  const { HEAPU8, asm } = backend.wasm as unknown as Emscripten
  const memory = asm?.memory ?? sharedMemory
  if (memory?.buffer !== HEAPU8.buffer) return undefined
  const { own, ownRelaxed, shared, sharedRelaxed } = binary
  const encoded = memory.buffer instanceof ArrayBuffer ? [ownRelaxed, own] : [sharedRelaxed, shared]
  const bytes = encoded.map(decoded).find((each) => WebAssembly.validate(each))
  if (!bytes) return undefined
  const module = new WebAssembly.Module(bytes)
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  const control = valuesInHeap(backend, newTensor(backend, [controlSize])).fill(0).byteOffset
  return { own: { ...(exports as Exports), control, threads: 1 }, module, memory }
}

function decoded(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
