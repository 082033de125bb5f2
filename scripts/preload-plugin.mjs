// Lets the browser fetch what the page needs after its first paint together with its first script. Otherwise it would
// ask for them one after the other: script, rest of the page, worker, wasm.

/**
 * Adds links to the built page: `modulepreload` for the rest of the page and for the scripts of the workers, and
 * `prefetch` for the wasm binary that most browsers use. A `preload` of that binary would be reported as unused, because
 * only a worker reads it.
 * @returns {import('vite').Plugin}
 */
export function preloadAhead() {
  return {
    name: 'preload-ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {} }) {
        const files = Object.keys(bundle)
        const matching = (/** @type {RegExp} */ pattern) => files.filter((file) => pattern.test(file))
        const rest = matching(/(^|\/)rest-of-page-[\w-]+\.js$/)
        const workers = matching(/(^|\/)worker-[\w-]+\.js$/)
        const binaries = matching(/tfjs-backend-wasm-threaded-simd-[\w-]+\.wasm$/)
        if (workers.length === 0 || binaries.length === 0)
          throw new Error(
            'The build has no worker or no wasm binary under the expected name; adapt this plugin.',
          )
        const link = (/** @type {Record<string, string>} */ attrs) =>
          /** @type {const} */ ({ tag: 'link', attrs: { crossorigin: true, ...attrs }, injectTo: 'head' })
        return [
          ...[...rest, ...workers].map((file) =>
            link({ rel: 'modulepreload', fetchpriority: 'low', href: `./${file}` }),
          ),
          ...binaries.map((file) => link({ rel: 'prefetch', as: 'fetch', href: `./${file}` })),
        ]
      },
    },
  }
}
