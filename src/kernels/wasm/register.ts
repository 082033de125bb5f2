/** Registers the wasm kernels that are faster than the composed ones, and the composed form of all others. */
import * as tf from '@tensorflow/tfjs'
import { adamKernel } from '../adam.ts'
import { registerComposedKernels } from '../composed.ts'
import { constantProductKernel } from '../constant-matrix.ts'
import { backwardFilterKernel, conv1dFilterGradientKernel, conv1dKernel } from '../conv1d.ts'
import { depthwiseFilterGradientKernel, depthwiseKernel } from '../depthwise.ts'
import { spectraKernel, spectraTransposedKernel } from '../framed-spectra.ts'
import { tensorInput } from '../kernel-arguments.ts'
import { normaliseGradientKernel, normaliseKernel } from '../normalise.ts'
import { siluGradientKernel } from '../silu.ts'
import { sumOfSquaresKernel } from '../sum-of-squares.ts'
import { sumOverTimeKernel } from '../sum-over-time.ts'
import { adamWasm } from './adam-kernel.ts'
import { constantProductWasm } from './constant-product-kernel.ts'
import { backwardFilterWasm, conv1dFilterGradientWasm } from './conv1d-gradient-kernels.ts'
import { conv1dWasm } from './conv1d-kernel.ts'
import { exponentialWasm } from './exponential-kernel.ts'
import {
  depthwiseFilterGradientWasm,
  normaliseGradientWasm,
  siluGradientWasm,
} from './frame-gradient-kernels.ts'
import { depthwiseWasm, normaliseWasm } from './frame-kernels.ts'
import { sharedTensor } from './heap.ts'
import { type OwnModule, ownModule } from './own-module.ts'
import { concatWasm, sliceWasm } from './slice-kernel.ts'
import { spectraTransposedWasm, spectraWasm } from './spectra-kernels.ts'
import { sumOfSquaresWasm, sumOverTimeWasm } from './sum-kernels.ts'

type OwnKernel = (own: OwnModule, call: Parameters<tf.KernelFunc>[0]) => ReturnType<tf.KernelFunc>

/** Kernels that use our own module. Without the module their composed forms are registered. */
const ownKernels: Readonly<Record<string, OwnKernel>> = {
  [adamKernel]: adamWasm,
  [backwardFilterKernel]: backwardFilterWasm,
  [constantProductKernel]: constantProductWasm,
  [conv1dKernel]: conv1dWasm,
  [conv1dFilterGradientKernel]: conv1dFilterGradientWasm,
  [depthwiseKernel]: depthwiseWasm,
  [normaliseKernel]: normaliseWasm,
  [spectraKernel]: spectraWasm,
  [spectraTransposedKernel]: spectraTransposedWasm,
  [sumOfSquaresKernel]: sumOfSquaresWasm,
  [sumOverTimeKernel]: sumOverTimeWasm,
}

/** Kernels in JavaScript that loop over the same memory. */
const loops: Readonly<Record<string, tf.KernelFunc>> = {
  [depthwiseFilterGradientKernel]: depthwiseFilterGradientWasm,
  [normaliseGradientKernel]: normaliseGradientWasm,
  [siluGradientKernel]: siluGradientWasm,
}

type OwnForm = (
  own: OwnModule,
  call: Parameters<tf.KernelFunc>[0],
  stock: tf.KernelFunc,
) => ReturnType<tf.KernelFunc>

/** tfjs's kernels of which we have a faster form for most arguments. */
const ownForms: Readonly<Record<string, OwnForm>> = {
  Slice: sliceWasm,
  Concat: concatWasm,
  Exp: exponentialWasm,
}

const stockForms = new Map<string, tf.KernelConfig>()

/** Each instance of the backend gets its own form, around tfjs's; without the module it gets tfjs's alone. */
function registerOwnForms(own: OwnModule | undefined): void {
  for (const [kernelName, form] of Object.entries(ownForms)) {
    const stock = stockForms.get(kernelName) ?? tf.getKernel(kernelName, 'wasm')
    if (!stock) throw new Error(`The wasm backend has no ${kernelName}`)
    stockForms.set(kernelName, stock)
    tf.unregisterKernel(kernelName, 'wasm')
    tf.registerKernel(own ? { ...stock, kernelFunc: (call) => form(own, call, stock.kernelFunc) } : stock)
  }
}

/**
 * tfjs clones a tensor to save it for a gradient, 1,900 times in a step of training. Its own kernel copies the values;
 * since nothing changes the values of a tensor, this one shares them.
 */
function registerSharingClone(): void {
  tf.unregisterKernel('Identity', 'wasm')
  tf.registerKernel({
    kernelName: 'Identity',
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend }) => sharedTensor(backend, tensorInput(inputs, 'x')),
  })
}

/** Registers the kernels for the current backend, which must be wasm. Each instance of the backend gets its own. */
export function registerWasmKernels(): void {
  for (const kernelName of Object.keys(ownKernels))
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
  const own = ownModule(tf.backend())
  const register = (kernelName: string, kernelFunc: tf.KernelFunc) =>
    tf.getKernel(kernelName, 'wasm') || tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
  if (own) for (const [name, run] of Object.entries(ownKernels)) register(name, (call) => run(own, call))
  registerOwnForms(own)
  for (const [name, loop] of Object.entries(loops)) register(name, loop)
  registerSharingClone()
  registerComposedKernels('wasm')
}
