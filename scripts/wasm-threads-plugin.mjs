// Keeps the threads of tfjs's wasm backend working in the built page.

/**
 * tfjs starts each of its wasm threads from the source text of a function. That text guards its only outside reference,
 * `_scriptDir`, with `typeof`; minifiers see that the variable is declared and remove the guard, and every thread then
 * fails with a ReferenceError. A module has no such folder, so the guarded branch can be removed.
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
          this.error('tfjs has changed how it starts its wasm threads; adapt this plugin.')
        return { code: code.replace(guarded, 'false'), map: null }
      },
    },
  }
}
