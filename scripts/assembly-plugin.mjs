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
 * Plugin whose `?assembly` modules export the compiled module in base64 four times: for its own memory and for shared
 * memory, each without and with relaxed SIMD.
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
      /** @type {Record<string, string>} */
      const binaries = {}
      for (const [name, more] of Object.entries(variants))
        binaries[name] = await compile(entry, [...flags, ...more], (file) => this.addWatchFile(file))
      return { code: `export default ${JSON.stringify(binaries)}`, map: null }
    },
  }
}

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
  return Buffer.from(binary).toString('base64')
}
