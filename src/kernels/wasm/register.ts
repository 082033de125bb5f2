/** Registers the wasm kernels that are faster than the composed ones, and the composed form of all others. */
import * as tf from '@tensorflow/tfjs'
import { absorbedGradientsKernel, absorbedKernel } from '../absorbed.ts'
import { adamKernel } from '../adam.ts'
import { registerComposedKernels } from '../composed/register.ts'
import { constantProductKernel } from '../constant-matrix.ts'
import { conv1dFilterGradientKernel, conv1dInputGradientKernel, conv1dKernel } from '../conv1d.ts'
import {
  depthwiseFilterGradientKernel,
  depthwiseInputGradientKernel,
  depthwiseKernel,
} from '../frames/depthwise.ts'
import { spectraKernel, spectraTransposedKernel } from '../frames/framed-spectra.ts'
import { normaliseGradientKernel, normaliseKernel } from '../frames/normalise.ts'
import { reflectedKernel, reflectedTransposedKernel } from '../frames/reflected.ts'
import { siluGradientKernel, siluKernel } from '../frames/silu.ts'
import { tensorInput } from '../kernel-arguments.ts'
import { sumOfSquaresKernel } from '../sum-of-squares.ts'
import { sumOverTimeKernel } from '../sum-over-time.ts'
import { absorbedGradientsWasm, absorbedWasm } from './absorbed-kernels.ts'
import { adamWasm } from './adam-kernel.ts'
import { constantProductWasm } from './constant-product-kernel.ts'
import { conv1dFilterGradientWasm, conv1dInputGradientWasm } from './conv1d-gradient-kernels.ts'
import { conv1dWasm } from './conv1d-kernel.ts'
import { exponentialWasm } from './exponential-kernel.ts'
import {
  depthwiseFilterGradientWasm,
  depthwiseInputGradientWasm,
  depthwiseWasm,
  normaliseGradientWasm,
  normaliseWasm,
  siluGradientWasm,
  siluWasm,
} from './frame-kernels.ts'
import { sharedTensor } from './heap.ts'
import { type OwnModule, ownModule } from './own-module.ts'
import { reflectedTransposedWasm, reflectedWasm } from './reflected-kernels.ts'
import { concatWasm, sliceWasm } from './slice-kernel.ts'
import { spectraTransposedWasm, spectraWasm } from './spectra-kernels.ts'
import { sumOfSquaresWasm, sumOverTimeWasm } from './sum-kernels.ts'

type OwnKernel = (own: OwnModule, call: Parameters<tf.KernelFunc>[0]) => ReturnType<tf.KernelFunc>

/** Kernels that use our own module. Without the module their composed forms are registered. */
const ownKernels: Readonly<Record<string, OwnKernel>> = {
  [absorbedKernel]: absorbedWasm,
  [absorbedGradientsKernel]: absorbedGradientsWasm,
  [adamKernel]: adamWasm,
  [constantProductKernel]: constantProductWasm,
  [conv1dKernel]: conv1dWasm,
  [conv1dFilterGradientKernel]: conv1dFilterGradientWasm,
  [conv1dInputGradientKernel]: conv1dInputGradientWasm,
  [depthwiseKernel]: depthwiseWasm,
  [depthwiseInputGradientKernel]: depthwiseInputGradientWasm,
  [depthwiseFilterGradientKernel]: depthwiseFilterGradientWasm,
  [normaliseKernel]: normaliseWasm,
  [normaliseGradientKernel]: normaliseGradientWasm,
  [siluKernel]: siluWasm,
  [siluGradientKernel]: siluGradientWasm,
  [spectraKernel]: spectraWasm,
  [spectraTransposedKernel]: spectraTransposedWasm,
  [sumOfSquaresKernel]: sumOfSquaresWasm,
  [sumOverTimeKernel]: sumOverTimeWasm,
}

/** Kernels in JavaScript that loop over the same memory. */
const loops: Readonly<Record<string, tf.KernelFunc>> = {
  [reflectedKernel]: reflectedWasm,
  [reflectedTransposedKernel]: reflectedTransposedWasm,
}

type OwnForm = (
  own: OwnModule,
  call: Parameters<tf.KernelFunc>[0],
  stock: tf.KernelFunc,
) => ReturnType<tf.KernelFunc>

/** tfjs's kernels for which we have a faster form that handles most arguments. */
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
  if (own)
    for (const [kernelName, run] of Object.entries(ownKernels))
      tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: (call) => run(own, call) })
  for (const [kernelName, kernelFunc] of Object.entries(loops))
    if (!tf.getKernel(kernelName, 'wasm')) tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
  registerOwnForms(own)
  registerSharingClone()
  registerComposedKernels('wasm')
}
