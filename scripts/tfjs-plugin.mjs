// Bundles the parts of TensorFlow.js that the networks and their training use, and nothing else.
import { createHash } from 'node:crypto'

/** Kernels that each of the backends registers (`Pack` stacks tensors, `Unpack` is its inverse). */
const kernels = [
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

/** tfjs without layers, converter, data sets and the WebGL backend. */
const union = `
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-backend-cpu';`

const fingerprint = createHash('sha256')
  .update([union, ...kernels, ...gradients, ...methods].join())
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
 * Imports of `@tensorflow/tfjs` stay as they are; the plugin replaces the modules of tfjs that register everything.
 * A kernel, a gradient or a method that is missing from the lists above is an error when it is first called: the
 * browser tests, which run on the same parts, call them all.
 * @returns {import('vite').Plugin}
 */
export function tfjsParts() {
  return {
    // Vite keeps optimized dependencies until the name of a plugin changes.
    name: `tfjs-parts-${fingerprint}`,
    transform: {
      filter: { id: /@tensorflow\/tfjs[\w-]*\/dist\/.*(index|register_all_\w+)\.js$/ },
      handler(code, id) {
        const fail = (/** @type {string} */ message) => this.error(message)
        const edit = () => {
          if (id.endsWith('tfjs/dist/index.js')) return union
          if (id.endsWith('register_all_kernels.js')) return keepOnly(code, kernels, fail)
          if (id.endsWith('register_all_gradients.js')) return keepOnly(code, gradients, fail)
          if (id.endsWith('register_all_chained_ops.js')) return keepOnly(code, methods, fail)
          // The page has an optimizer of its own: src/kernels/adam.ts.
          if (id.endsWith('tfjs-core/dist/index.js')) return code.replace(/^registerOptimizers\(\);$/m, '')
          return code
        }
        return { code: edit(), map: null }
      },
    },
  }
}
