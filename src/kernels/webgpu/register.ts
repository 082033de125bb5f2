/** Registers the WebGPU programs, and the composed form of the kernels without one. */
import * as tf from '@tensorflow/tfjs'
import { registerComposedKernels } from '../composed/register.ts'
import { conv1dFilterGradientKernel, conv1dKernel } from '../conv1d.ts'
import { filmLeakyReluKernel } from '../film-leaky-relu.ts'
import { depthwiseFilterGradientKernel, depthwiseKernel } from '../frames/depthwise.ts'
import {
  bandedProductKernel,
  envelopedKernel,
  limitedGainKernel,
  lnOfBandsKernel,
  mixedSpectraKernel,
  spectralFeaturesKernel,
  weightedSumKernel,
} from '../frames/frame-fusions.ts'
import { spectraKernel, spectraTransposedKernel } from '../frames/framed-spectra.ts'
import { normaliseGradientKernel, normaliseKernel } from '../frames/normalise.ts'
import { reflectedKernel } from '../frames/reflected.ts'
import { siluGradientKernel, siluKernel } from '../frames/silu.ts'
import { filteredSignalKernel, signalSpectraKernel } from '../frames/stft.ts'
import { leakyReluKernel } from '../leaky-relu.ts'
import { noiseKernel } from '../noise.ts'
import { normalisedProductKernel, residualProductKernel } from '../products.ts'
import { averagePoolKernel, upsampleKernel } from '../resample.ts'
import { bandedProductWebGpu, lnOfBandsWebGpu } from './band-programs.ts'
import { conv1dFilterGradientWebGpu } from './conv1d-filter-gradient-program.ts'
import { conv1dWebGpu, normalisedProductWebGpu, residualProductWebGpu } from './conv1d-program.ts'
import {
  averagePoolWebGpu,
  filmLeakyReluWebGpu,
  leakyReluWebGpu,
  siluGradientWebGpu,
  siluWebGpu,
  upsampleWebGpu,
} from './elementwise-programs.ts'
import {
  envelopedWebGpu,
  limitedGainWebGpu,
  mixedSpectraWebGpu,
  spectralFeaturesWebGpu,
  weightedSumWebGpu,
} from './frame-fusion-programs.ts'
import {
  depthwiseFilterGradientWebGpu,
  depthwiseWebGpu,
  normaliseGradientWebGpu,
  normaliseWebGpu,
} from './frame-programs.ts'
import { noiseWebGpu } from './noise-program.ts'
import { reflectedWebGpu } from './reflected-program.ts'
import {
  filteredSignalWebGpu,
  signalSpectraWebGpu,
  spectraTransposedWebGpu,
  spectraWebGpu,
} from './spectra-programs.ts'

const programs: Readonly<Record<string, tf.KernelFunc>> = {
  [conv1dKernel]: conv1dWebGpu,
  [conv1dFilterGradientKernel]: conv1dFilterGradientWebGpu,
  [filmLeakyReluKernel]: filmLeakyReluWebGpu,
  [leakyReluKernel]: leakyReluWebGpu,
  [averagePoolKernel]: averagePoolWebGpu,
  [upsampleKernel]: upsampleWebGpu,
  [depthwiseKernel]: depthwiseWebGpu,
  [depthwiseFilterGradientKernel]: depthwiseFilterGradientWebGpu,
  [normaliseKernel]: normaliseWebGpu,
  [normalisedProductKernel]: normalisedProductWebGpu,
  [residualProductKernel]: residualProductWebGpu,
  [normaliseGradientKernel]: normaliseGradientWebGpu,
  [siluKernel]: siluWebGpu,
  [siluGradientKernel]: siluGradientWebGpu,
  [noiseKernel]: noiseWebGpu,
  [spectraKernel]: spectraWebGpu,
  [spectraTransposedKernel]: spectraTransposedWebGpu,
  [signalSpectraKernel]: signalSpectraWebGpu,
  [filteredSignalKernel]: filteredSignalWebGpu,
  [reflectedKernel]: reflectedWebGpu,
  [bandedProductKernel]: bandedProductWebGpu,
  [lnOfBandsKernel]: lnOfBandsWebGpu,
  [spectralFeaturesKernel]: spectralFeaturesWebGpu,
  [mixedSpectraKernel]: mixedSpectraWebGpu,
  [envelopedKernel]: envelopedWebGpu,
  [limitedGainKernel]: limitedGainWebGpu,
  [weightedSumKernel]: weightedSumWebGpu,
}

/** Registers for the backend `webgpu`; call it before the first operation. Idempotent. */
export function registerWebGpuKernels(): void {
  for (const [kernelName, kernelFunc] of Object.entries(programs))
    if (!tf.getKernel(kernelName, 'webgpu'))
      tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc })
  registerComposedKernels('webgpu')
}
