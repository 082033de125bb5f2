// Keeps tfjs's wasm backend from starting threads of its own.

/** Source text of Emscripten's loader, and what replaces it. */
const replacements = [
  // The pool of threads from which XNNPACK may take.
  ['pthreadPoolSize=8', 'pthreadPoolSize=0'],
  // The loader counts the threads that have loaded, and waits for ever if there are none.
  [
    'var numWorkersToLoad=PThread.unusedWorkers.length;',
    'var numWorkersToLoad=PThread.unusedWorkers.length;if(!numWorkersToLoad)removeRunDependency("wasm-instantiate");',
  ],
]

/**
 * tfjs starts eight threads, which would only contend with those of our own wasm module (src/kernels/wasm) for the
 * cores. In Firefox 153 a worker that starts so many from a blob's address often blocks for good in `new Worker`.
 * @returns {import('vite').Plugin}
 */
export function withoutTfjsThreads() {
  return {
    name: 'without-tfjs-threads',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js$/ },
      handler(code) {
        let adapted = code
        for (const [from, to] of replacements) {
          if (!adapted.includes(from))
            this.error('tfjs has changed how it starts its threads; adapt this plugin.')
          adapted = adapted.replace(from, to)
        }
        return { code: adapted, map: null }
      },
    },
  }
}
