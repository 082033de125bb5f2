// Bundles the parts of TensorFlow.js that the networks and their training use, and nothing else.
import { createHash } from 'node:crypto'

/** Kernels that each of the backends registers (`Pack` stacks tensors, `Unpack` is its inverse). */
export const kernels = [
  ['Abs', 'Add', 'AddN', 'AvgPool', 'BatchMatMul', 'Cast', 'Concat', 'Exp', 'Fill', 'FusedConv2D'],
  ['FusedDepthwiseConv2D', 'GreaterEqual', 'Identity', 'Less', 'Log', 'Maximum', 'Mean', 'Multiply', 'Neg'],
  [
    'Pack',
    'PadV2',
    'Pow',
    'Prelu',
    'RealDiv',
    'Reciprocal',
    'Reshape',
    'Reverse',
    'Rsqrt',
    'Sigmoid',
    'Slice',
  ],
  ['SplitV', 'Sqrt', 'Square', 'Step', 'Sub', 'Sum', 'Tanh', 'Tile', 'Transpose', 'Unpack', 'ZerosLike'],
].flat()

/** Operations whose gradients are tfjs's own; src/kernels/ registers the others. */
const gradients = [
  ['Abs', 'Add', 'AddN', 'BatchMatMul', 'Cast', 'Concat', 'Exp', 'Identity', 'Log', 'Maximum', 'Mean'],
  ['Multiply', 'Neg', 'Pack', 'RealDiv', 'Reciprocal', 'Reshape', 'Reverse', 'Rsqrt', 'Sigmoid', 'Slice'],
  ['Sqrt', 'Square', 'Step', 'Sub', 'Sum', 'Tanh', 'Transpose', 'Unpack', 'ZerosLike'],
].flat()

/** Operations that are called as methods of a tensor, by the names of their files. */
const methods = [
  ['abs', 'add', 'as1d', 'as2d', 'as3d', 'div', 'exp', 'log', 'maximum', 'mean', 'mul', 'neg', 'reciprocal'],
  ['reshape', 'reverse', 'rsqrt', 'slice', 'sqrt', 'square', 'sub', 'sum', 'tanh', 'transpose'],
].flat()

/** tfjs without layers, converter, data sets, backends and gradients. */
const union = `
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
export * from '@tensorflow/tfjs-core';`

/** Source text that loads or starts parts that the page does not use, by the ends of its modules' names, and its replacement. */
const replacements = /** @type {const} */ ([
  // Hashes of strings, with integers of 64 bits. A kernel that the page does not use names the function.
  ['tfjs-core/dist/util.js', /^export \* from '\.\/hash_util';$/m, 'export const fingerPrint64 = undefined;'],
  // The page has an optimizer of its own: src/kernels/adam.ts.
  ['tfjs-core/dist/index.js', /^registerOptimizers\(\);$/m, ''],
  // Utilities of kernels that the page does not use. Backends take the rest as one object, from which a build removes nothing.
  [
    'tfjs-core/dist/backends/backend_util.js',
    /^export \* from '.*(ragged|rotate|array_ops|gather_nd|scatter_nd|einsum|sparse)\w*';$/gm,
    '',
  ],
  // Models in the browser's storage; the page has its own.
  ['tfjs-core/dist/platforms/platform_browser.js', /^import .* from '\.\.\/io\/.*$/gm, ''],
  ['tfjs-core/dist/platforms/platform_browser.js', /ModelStoreManagerRegistry\.registerManager\(.*\);/g, ''],
  // tfjs starts eight threads for XNNPACK, which would only contend with those of our own module (src/kernels/wasm) for the
  // cores. In Firefox 153 a worker that starts so many from a blob's address often blocks for good in `new Worker`.
  ['wasm-out/tfjs-backend-wasm-threaded-simd.js', /pthreadPoolSize=8/, 'pthreadPoolSize=0'],
  // The loader counts the threads that have loaded, and would wait for ever if there are none.
  [
    'wasm-out/tfjs-backend-wasm-threaded-simd.js',
    /var numWorkersToLoad=PThread\.unusedWorkers\.length;/,
    '$&if(!numWorkersToLoad)removeRunDependency("wasm-instantiate");',
  ],
  // The script of these threads.
  [
    'tfjs-backend-wasm/dist/backend_wasm.js',
    /^import \{ wasmWorkerContents \} from .*$/m,
    "const wasmWorkerContents = '';",
  ],
  // The loader of the binaries without threads, which few browsers need.
  ['tfjs-backend-wasm/dist/backend_wasm.js', /^import \* as wasmFactory_import from .*$/m, ''],
  ['tfjs-backend-wasm/dist/backend_wasm.js', /^const wasmFactory = .*$/m, ''],
  [
    'tfjs-backend-wasm/dist/backend_wasm.js',
    /wasm = wasmFactory\(factoryConfig\);/,
    "wasm = import('../wasm-out/tfjs-backend-wasm.js').then((loader) => (loader.default || loader)(factoryConfig));",
  ],
])

const withGradients = "\nimport '@tensorflow/tfjs-core/dist/register_all_gradients';"

const fingerprint = createHash('sha256')
  .update([union, ...kernels, ...gradients, ...methods, ...replacements.flat()].join())
  .digest('hex')
  .slice(0, 8)

/** Lines such as `import { addConfig } from './kernels/Add';`, and for methods `import './add';` */
const importLine = /^import (?:\{ (\w+) \} from '\.\/(?:kernels|gradients)\/|'\.\/)(\w+)';$/

/**
 * Removes the imports of a module of tfjs that are not in `wanted`, and the array elements that they named. tfjs made
 * these modules to be replaced in this way: "A modular build would import only the kernels that are needed."
 * @param {string} code
 * @param {string[]} wanted
 * @param {(message: string) => never} fail
 */
function keepOnly(code, wanted, fail) {
  const missing = new Set(wanted)
  const dropped = new Set()
  const lines = code.split('\n').filter((line) => {
    const [isImport, name, file] = importLine.exec(line) ?? []
    if (!isImport) return !dropped.has(line.trim().replace(/,$/, ''))
    if (missing.delete(file.replace(/_grad$/, ''))) return true
    dropped.add(name)
    return false
  })
  if (missing.size > 0) fail(`tfjs no longer has ${[...missing].join(', ')}; adapt scripts/tfjs-plugin.mjs.`)
  return lines.join('\n')
}

/**
 * The backend cpu shares functions with the others. Those for kernels that the page does not use become undefined.
 * @param {string} code
 * @param {(message: string) => never} fail
 */
function keepShared(code, fail) {
  const edited = code.replace(
    /^export \{ (.*) \} from '\.\/kernels\/(\w+?)(?:_impl)?';$/gim,
    (line, names, kernel) =>
      kernels.includes(kernel) ? line : `export const ${names.replaceAll(',', ' = undefined,')} = undefined;`,
  )
  if (edited === code) fail('tfjs shares nothing of its kernels; adapt scripts/tfjs-plugin.mjs.')
  return edited
}

/**
 * @param {string} code
 * @param {string} id
 * @param {(message: string) => never} fail
 */
function replaced(code, id, fail) {
  return replacements
    .filter(([file]) => id.endsWith(file))
    .reduce((edited, [file, from, to]) => {
      const next = edited.replace(from, to)
      if (next === edited) fail(`${file} has no ${from}; adapt scripts/tfjs-plugin.mjs.`)
      return next
    }, code)
}

/**
 * Imports of `@tensorflow/tfjs` stay as they are; the plugin replaces the modules of tfjs that register everything.
 * A kernel, a gradient or a method that is missing from the lists above is an error when it is first called: the
 * browser tests, which run on the same parts, call them all.
 * @param {{ gradients?: boolean }} [options] with `gradients` they come with `@tensorflow/tfjs`, as they do without this
 *   plugin; the page's trainer imports them itself.
 * @returns {import('vite').Plugin}
 */
export function tfjsParts({ gradients: included = false } = {}) {
  return {
    // Vite keeps optimized dependencies until the name of a plugin changes.
    name: `tfjs-parts-${fingerprint}`,
    transform: {
      filter: {
        id: /@tensorflow\/tfjs[\w-]*\/(dist|wasm-out)\/(.*\/)?(index|util|backend_util|shared|platform_browser|backend_wasm|tfjs-backend-wasm-threaded-simd|register_all_\w+)\.js$/,
      },
      handler(code, id) {
        const fail = (/** @type {string} */ message) => this.error(message)
        const edit = () => {
          if (id.endsWith('tfjs/dist/index.js')) return included ? union + withGradients : union
          if (id.endsWith('register_all_kernels.js')) return keepOnly(code, kernels, fail)
          if (id.endsWith('tfjs-backend-cpu/dist/shared.js')) return keepShared(code, fail)
          if (id.endsWith('register_all_gradients.js')) return keepOnly(code, gradients, fail)
          if (id.endsWith('register_all_chained_ops.js')) return keepOnly(code, methods, fail)
          return replaced(code, id, fail)
        }
        return { code: edit(), map: null }
      },
    },
  }
}
