/** Registers the wasm kernels that are faster than the composed ones, and the composed form of the rest. */
import * as tf from '@tensorflow/tfjs'
import { adamKernel } from '../adam.ts'
import { registerComposedKernels } from '../composed.ts'
import { constantProductKernel } from '../constant-matrix.ts'
import { backwardFilterKernel, conv1dFilterGradientKernel } from '../conv1d.ts'
import { depthwiseFilterGradientKernel } from '../depthwise.ts'
import { spectraKernel, spectraTransposedKernel } from '../framed-spectra.ts'
import { normaliseGradientKernel, normaliseKernel } from '../normalise.ts'
import { siluGradientKernel } from '../silu.ts'
import { adamWasm } from './adam-kernel.ts'
import { constantProductWasm } from './constant-product-kernel.ts'
import { backwardFilterWasm, conv1dFilterGradientWasm } from './conv1d-gradient-kernels.ts'
import {
  depthwiseFilterGradientWasm,
  normaliseGradientWasm,
  normaliseWasm,
  siluGradientWasm,
} from './frame-kernels.ts'
import { spectraTransposedWasm, spectraWasm } from './spectra-kernels.ts'

const kernels: Readonly<Record<string, tf.KernelFunc>> = {
  [adamKernel]: adamWasm,
  [backwardFilterKernel]: backwardFilterWasm,
  [constantProductKernel]: constantProductWasm,
  [conv1dFilterGradientKernel]: conv1dFilterGradientWasm,
  [depthwiseFilterGradientKernel]: depthwiseFilterGradientWasm,
  [normaliseKernel]: normaliseWasm,
  [normaliseGradientKernel]: normaliseGradientWasm,
  [siluGradientKernel]: siluGradientWasm,
  [spectraKernel]: spectraWasm,
  [spectraTransposedKernel]: spectraTransposedWasm,
}

/** For the backend registered as `wasm`. Idempotent. */
export function registerWasmKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(kernels))
    if (!tf.getKernel(kernelName, 'wasm')) tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc })
  registerComposedKernels('wasm')
}
