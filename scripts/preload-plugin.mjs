// Lets the browser fetch what the engine needs at once. Otherwise it would ask for the files one after the other: script,
// rest of the page, worker, wasm.

/**
 * Adds links to the built page: `modulepreload` for the rest of the page and for the scripts of the workers, and
 * `prefetch` for the wasm binary that most browsers use. A `preload` of that binary would be reported as unused, because
 * only a worker reads it.
 * @param {{ afterFirstPaint?: boolean }} [options] with `afterFirstPaint` the links have their relation in `data-rel`, and
 *   take effect when the page's own script copies it to `rel`: until then all of the connection is for the first paint.
 * @returns {import('vite').Plugin}
 */
export function preloadAhead({ afterFirstPaint = false } = {}) {
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
        const link = (/** @type {string} */ rel, /** @type {Record<string, string>} */ attrs) =>
          /** @type {const} */ ({
            tag: 'link',
            attrs: { crossorigin: true, [afterFirstPaint ? 'data-rel' : 'rel']: rel, ...attrs },
            injectTo: 'head',
          })
        return [
          ...[...rest, ...workers].map((file) =>
            link('modulepreload', { fetchpriority: 'low', href: `./${file}` }),
          ),
          ...binaries.map((file) => link('prefetch', { as: 'fetch', href: `./${file}` })),
        ]
      },
    },
  }
}
