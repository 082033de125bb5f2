/** Registers the wasm kernels that are faster than the composed ones, and the composed form of all others. */
import * as tf from '@tensorflow/tfjs'
import { adamKernel } from '../adam.ts'
import { registerComposedKernels } from '../composed.ts'
import { constantProductKernel } from '../constant-matrix.ts'
import { backwardFilterKernel, conv1dFilterGradientKernel } from '../conv1d.ts'
import { depthwiseFilterGradientKernel } from '../depthwise.ts'
import { spectraKernel, spectraTransposedKernel } from '../framed-spectra.ts'
import { normaliseGradientKernel, normaliseKernel } from '../normalise.ts'
import { siluGradientKernel } from '../silu.ts'
import { sumOfSquaresKernel } from '../sum-of-squares.ts'
import { sumOverTimeKernel } from '../sum-over-time.ts'
import { adamWasm } from './adam-kernel.ts'
import { constantProductWasm } from './constant-product-kernel.ts'
import { backwardFilterWasm, conv1dFilterGradientWasm } from './conv1d-gradient-kernels.ts'
import {
  depthwiseFilterGradientWasm,
  normaliseGradientWasm,
  normaliseWasm,
  siluGradientWasm,
} from './frame-kernels.ts'
import { type OwnModule, ownModule } from './own-module.ts'
import { spectraTransposedWasm, spectraWasm } from './spectra-kernels.ts'
import { sumOfSquaresWasm, sumOverTimeWasm } from './sum-kernels.ts'

type OwnKernel = (own: OwnModule, call: Parameters<tf.KernelFunc>[0]) => ReturnType<tf.KernelFunc>

/** Kernels that use our own module. Without the module their composed forms are registered. */
const ownKernels: Readonly<Record<string, OwnKernel>> = {
  [adamKernel]: adamWasm,
  [backwardFilterKernel]: backwardFilterWasm,
  [conv1dFilterGradientKernel]: conv1dFilterGradientWasm,
  [spectraKernel]: spectraWasm,
  [spectraTransposedKernel]: spectraTransposedWasm,
  [sumOfSquaresKernel]: sumOfSquaresWasm,
  [sumOverTimeKernel]: sumOverTimeWasm,
}

/** Kernels in JavaScript that loop over the same memory. */
const loops: Readonly<Record<string, tf.KernelFunc>> = {
  [constantProductKernel]: constantProductWasm,
  [depthwiseFilterGradientKernel]: depthwiseFilterGradientWasm,
  [normaliseKernel]: normaliseWasm,
  [normaliseGradientKernel]: normaliseGradientWasm,
  [siluGradientKernel]: siluGradientWasm,
}

/** Registers the kernels for the current backend, which must be wasm. Each instance of the backend gets its own. */
export function registerWasmKernels(): void {
  for (const kernelName of Object.keys(ownKernels))
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
  const own = ownModule(tf.backend())
  const register = (kernelName: string, kernelFunc: tf.KernelFunc) =>
    tf.getKernel(kernelName, 'wasm') || tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
  if (own) for (const [name, run] of Object.entries(ownKernels)) register(name, (call) => run(own, call))
  for (const [name, loop] of Object.entries(loops)) register(name, loop)
  registerComposedKernels('wasm')
}
