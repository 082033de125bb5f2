/**
 * Products of synthesis with factors in 16 bits (`shader-f16`), which many GPUs multiply at twice the rate. Sums of more
 * than four terms, and everything in memory, stay in 32 bits.
 */

let areUsed = false

/** Whether products.ts multiplies in 16 bits. */
export const halfProducts = () => areUsed

/** The device must have the feature and be one of `withHalves`. */
export function setHalfProducts(used: boolean): void {
  areUsed = used
}

/** Lets programs of tfjs use f16: it writes its own declarations before theirs, where WGSL wants the directive. */
export function withHalves(device: GPUDevice): GPUDevice {
  const create = device.createShaderModule.bind(device)
  device.createShaderModule = ({ code, ...others }) =>
    create({ ...others, code: /\bf16\b/.test(code) ? `enable f16;\n${code}` : code })
  return device
}

/** The features to request of the adapter. */
export function halfFeatures({ features }: GPUAdapter): GPUFeatureName[] {
  return features.has('shader-f16') ? ['shader-f16'] : []
}
