// Removes the kernels from tfjs's WebAssembly binaries that the page does not use, and what only they call.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import binaryen from 'binaryen'
import { kernels } from './tfjs-plugin.mjs'

/**
 * In a build, an import of the URL of one of tfjs's binaries becomes that of a smaller one. Its loader looks up a kernel
 * when it is first called, so it does not notice that others are missing.
 * @returns {import('vite').Plugin}
 */
export function smallerTfjsBinaries() {
  return {
    name: 'smaller-tfjs-binaries',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /tfjs-backend-wasm[\w-]*\.wasm\?url$/ },
      handler(id) {
        const path = id.replace(/\?url$/, '')
        const source = withoutUnused(readFileSync(path))
        if (!source)
          this.error(`${basename(path)} exports no kernels; adapt scripts/tfjs-binaries-plugin.mjs.`)
        const file = this.emitFile({ type: 'asset', name: basename(path), source })
        return { code: `export default import.meta.ROLLUP_FILE_URL_${file}`, map: null }
      },
    },
  }
}

/** Names of kernels, unlike those of the runtime, begin with a capital letter: `AvgPool`, `_FusedMatMul`. */
const kernelName = /^_?[A-Z]/

/** Returns the binary without the unused kernels; undefined if it has none of the others. */
function withoutUnused(/** @type {Uint8Array<ArrayBuffer>} */ binary) {
  const module = binaryen.readBinary(binary)
  try {
    module.setFeatures(binaryen.Features.All)
    const exported = WebAssembly.Module.exports(new WebAssembly.Module(binary)).map(({ name }) => name)
    const kernelExports = exported.filter((name) => kernelName.test(name))
    const unused = kernelExports.filter((name) => !kernels.includes(name))
    if (unused.length === kernelExports.length) return undefined
    for (const name of unused) module.removeExport(name)
    // Nothing is optimized again: the functions stay as tfjs has compiled them.
    module.runPasses(['remove-unused-module-elements'])
    return module.emitBinary()
  } finally {
    module.dispose()
  }
}
