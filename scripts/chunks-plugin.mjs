// Puts what the page and its workers load first into few files: without this, modules that several parts share become dozens
// of files of a few hundred bytes, each of which costs a request.

/** The parts that the first view loads by itself, after its first paint. */
const restOfFirstView = [
  'src/rest-of-page.ts',
  'src/ui/samples/MakeYourself.tsx',
  'src/ui/samples/SamplePlayer.tsx',
  'src/ui/shell/opening/DropTarget.tsx',
  'src/ui/shell/masthead/Tools.tsx',
  'src/ui/shell/masthead/VersionNotice.tsx',
]

/** @typedef {{ getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }} ModuleGraph */

/** Returns all modules that these ones import statically, themselves included. */
function reachedFrom(/** @type {string[]} */ ids, /** @type {ModuleGraph} */ graph) {
  const reached = new Set(ids)
  for (const id of reached)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported)
  return reached
}

/**
 * Names the chunk of a module: `first-view` if the first paint needs it, `rest-of-page` if the first view needs it
 * afterwards. The build decides on all others.
 * @param {string} root the folder of the page, without a slash at its end
 */
export function chunksOfFirstView(root) {
  /** @type {undefined | { first: Set<string>, rest: Set<string> }} */
  let reached
  return (/** @type {string} */ id, /** @type {ModuleGraph} */ graph) => {
    const from = (/** @type {string[]} */ paths) =>
      reachedFrom(
        paths.map((path) => `${root}/${path}`),
        graph,
      )
    reached ??= { first: from(['src/main.tsx']), rest: from(restOfFirstView) }
    if (reached.first.has(id)) return 'first-view'
    return reached.rest.has(id) ? 'rest-of-page' : null
  }
}

/** The modules of other backends that tfjs's WebAssembly backend uses. */
const sharedByTfjs = /tfjs-backend-cpu\/dist\/(cpu_util|kernels\/(Slice|Concat_impl))\.js$/

/**
 * Names the chunk of a module of a worker: `worker-common` if the worker needs it at once, or if each backend needs it. The
 * build decides on all others. The worker's own file stays out of it, because WebKit runs that file a second time when a
 * chunk imports it.
 * @param {string} root the folder of the page, without a slash at its end
 */
export function chunksOfWorkers(root) {
  const inPage = (/** @type {string} */ path) => `${root}/src/${path}`
  const workers = ['engine/worker.ts', 'analysis/worker.ts'].map(inPage)
  const backends = ['engine/backends/wasm-backend.ts', 'engine/backends/webgpu-backend.ts'].map(inPage)
  // Every worker is a build of its own, with another graph, so nothing is kept from call to call.
  return (/** @type {string} */ id, /** @type {ModuleGraph} */ graph) => {
    if (workers.includes(id)) return null
    const isCommon =
      sharedByTfjs.test(id) ||
      reachedFrom(workers, graph).has(id) ||
      (id.startsWith(inPage('')) && backends.every((backend) => reachedFrom([backend], graph).has(id)))
    return isCommon ? 'worker-common' : null
  }
}
