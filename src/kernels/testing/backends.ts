/** Sets tfjs to a backend as the engine does, in Node and in the browser. */
import * as tf from '@tensorflow/tfjs'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { registerComposedKernels } from '../composed/register.ts'
import { loadOwnModule } from '../wasm/own-module.ts'
import { registerWasmKernels } from '../wasm/register.ts'

/** Node reads the wasm files by path; `wasmFolder` of a browser test is a URL. */
export async function useWasm(
  wasmFolder = decodeURIComponent(
    new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url).pathname,
  ),
): Promise<void> {
  setWasmPaths(wasmFolder)
  await use('wasm')
}

export async function useCpu(): Promise<void> {
  await use('cpu')
}

async function use(backendName: string): Promise<void> {
  if (!(await tf.setBackend(backendName))) throw new Error(`tfjs refused the backend ${backendName}`)
  if (backendName === 'wasm') {
    await loadOwnModule(tf.backend())
    registerWasmKernels()
  } else registerComposedKernels(backendName)
}
