/**
 * Kernels in AssemblyScript, compiled into one small WebAssembly module that works in the memory of tfjs's wasm backend
 * (own-module.ts). Arguments are byte addresses and counts. The module has no data and no memory of its own.
 */
export { absorbed, absorbedGradients } from './absorbed'
export { adam } from './adam'
export { addRepeated } from './add-repeated'
export { copyRows } from './copy-rows'
export { depthwise, depthwiseFilterGradient } from './depthwise'
export { exponential } from './exponential'
export { normalise, normaliseGradient } from './normalise'
export { product } from './product'
export { help } from './shared-work'
export { silu, siluGradient } from './silu'
export { spectra, spectraTransposed } from './spectra'
export { sumOfSquares } from './sum-of-squares'
export { sumOverTime } from './sum-over-time'
export { transpose } from './transpose'
