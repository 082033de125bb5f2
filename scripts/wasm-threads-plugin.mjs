// Keeps the threads of tfjs's wasm backend alive in the built page.

/**
 * tfjs starts each of its wasm threads from the source text of a function. That text guards its one reference to the
 * outside, `_scriptDir`, with `typeof`; minifiers see the variable declared and drop the guard, and every thread then
 * dies with a ReferenceError. A module has no such folder, so the guarded branch can go.
 * @returns {import('vite').Plugin}
 */
export function wasmThreads() {
  const guarded = 'typeof _scriptDir !== "undefined" && _scriptDir'
  return {
    name: 'wasm-threads',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js$/ },
      handler(code) {
        if (!code.includes(guarded))
          this.error('tfjs has changed how it starts its wasm threads: look again.')
        return { code: code.replace(guarded, 'false'), map: null }
      },
    },
  }
}
