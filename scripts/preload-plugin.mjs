// Lets the browser fetch the workers' files together with the page's script, which would otherwise ask for them one
// after the other: script, worker, wasm.

/**
 * Adds links to the built page: `modulepreload` for the scripts of the workers, and `prefetch` for the wasm binary that
 * most browsers use. A `preload` of that binary would be reported as unused, because only a worker reads it.
 * @returns {import('vite').Plugin}
 */
export function preloadWorkers() {
  return {
    name: 'preload-workers',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const files = Object.keys(bundle)
        const matching = (/** @type {RegExp} */ pattern) => files.filter((file) => pattern.test(file))
        const workers = matching(/(^|\/)worker-[\w-]+\.js$/)
        const binaries = matching(/tfjs-backend-wasm-threaded-simd-[\w-]+\.wasm$/)
        if (workers.length === 0 || binaries.length === 0)
          throw new Error(
            'The build has no worker or no wasm binary under the expected name; adapt this plugin.',
          )
        const link = (/** @type {Record<string, string>} */ attrs) =>
          /** @type {const} */ ({ tag: 'link', attrs: { crossorigin: true, ...attrs }, injectTo: 'head' })
        return [
          ...workers.map((file) => link({ rel: 'modulepreload', fetchpriority: 'low', href: `./${file}` })),
          ...binaries.map((file) => link({ rel: 'prefetch', as: 'fetch', href: `./${file}` })),
        ]
      },
    },
  }
}
