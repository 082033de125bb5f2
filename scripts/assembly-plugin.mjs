// Compiles AssemblyScript while Vite bundles, serves and tests: `import binary from './assembly/index.ts?assembly'`.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { main } from 'assemblyscript/asc'

const query = '?assembly'
const flags = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd']
/** A module must declare whether its imported memory is shared between threads. The limit of wasm is 65,536 pages. */
const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536']
/** Relaxed SIMD multiplies and adds in one instruction; not every browser has it. */
const relaxed = ['--enable', 'relaxed-simd']
const variants = { own: [], ownRelaxed: relaxed, shared, sharedRelaxed: [...shared, ...relaxed] }

/**
 * Plugin whose `?assembly` modules export the URLs of the compiled module four times: for its own memory and for shared
 * memory, each without and with relaxed SIMD. They are files of a build, and otherwise `data:` URLs.
 * @returns {import('vite').Plugin}
 */
export function assembly() {
  return {
    name: 'assembly',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(query)) return null
      const resolved = await this.resolve(source.slice(0, -query.length), importer, { skipSelf: true })
      return resolved && `${resolved.id}${query}`
    },
    async load(id) {
      if (!id.endsWith(query)) return null
      const entry = id.slice(0, -query.length)
      const urls = []
      for (const [name, more] of Object.entries(variants)) {
        const binary = await compile(entry, [...flags, ...more], (file) => this.addWatchFile(file))
        urls.push(
          `${name}: ${this.environment.mode === 'build' ? emitted(this, name, binary) : inline(binary)}`,
        )
      }
      return { code: `export default { ${urls.join(', ')} }`, map: null }
    },
  }
}

/**
 * Returns the code of the URL of the binary as a file of the build.
 * @param {import('vite').Rolldown.PluginContext} context
 * @param {string} name
 * @param {Uint8Array} source
 */
function emitted(context, name, source) {
  const file = context.emitFile({ type: 'asset', name: `kernels-${name}.wasm`, source })
  return `import.meta.ROLLUP_FILE_URL_${file}`
}

/** Returns the code of a URL that contains the binary. */
const inline = (/** @type {Uint8Array} */ binary) =>
  JSON.stringify(`data:application/wasm;base64,${Buffer.from(binary).toString('base64')}`)

/**
 * @param {string} entry
 * @param {string[]} options
 * @param {(file: string) => void} onRead
 */
async function compile(entry, options, onRead) {
  /** @type {Uint8Array | undefined} */
  let binary
  const { error, stderr } = await main([entry, ...options, '--outFile', 'out.wasm'], {
    readFile(name, folder) {
      try {
        const path = resolve(folder, name)
        const text = readFileSync(path, 'utf8')
        onRead(path)
        return text
      } catch {
        return null
      }
    },
    writeFile(_name, contents) {
      if (typeof contents !== 'string') binary = contents
    },
    listFiles: () => null,
  })
  if (error || !binary) throw new Error(`${entry} does not compile: ${stderr.toString()}`)
  return binary
}
