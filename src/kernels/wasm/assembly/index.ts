/**
 * Kernels in AssemblyScript, compiled into one small WebAssembly module that works in the memory of tfjs's wasm backend
 * (own-module.ts). Arguments are byte addresses and counts. The module has no data and no memory of its own.
 */
export { adam } from './adam'
export { addRepeated } from './add-repeated'
export { constantProduct } from './constant-product'
export { copyRows } from './copy-rows'
export { depthwise } from './depthwise'
export { exponential } from './exponential'
export { normalise } from './normalise'
export { spectra, spectraTransposed } from './spectra'
export { sumOfSquares } from './sum-of-squares'
export { sumOverTime } from './sum-over-time'
export { transpose } from './transpose'
