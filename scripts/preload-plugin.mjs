// Lets the browser fetch what the engine needs at once. Otherwise it would ask for the files one after the other: script,
// rest of the page, worker, wasm.

/**
 * The files that the engine and the analysis ask for, and the backend that needs each. No other file may have such a name.
 * A `preload` of a binary would be reported as unused, because only a worker reads it.
 * @type {readonly { readonly rel: string, readonly pattern: RegExp, readonly backend?: string }[]} */
const wanted = [
  { rel: 'modulepreload', pattern: /(^|\/)worker-[\w-]+\.js$/ },
  { rel: 'modulepreload', pattern: /(^|\/)webgpu-backend-[\w-]+\.js$/, backend: 'webgpu' },
  { rel: 'modulepreload', pattern: /(^|\/)wasm-backend-[\w-]+\.js$/, backend: 'wasm' },
  { rel: 'prefetch', pattern: /tfjs-backend-wasm-threaded-simd-[\w-]+\.wasm$/, backend: 'wasm' },
  { rel: 'prefetch', pattern: /kernels-sharedRelaxed-[\w-]+\.wasm$/, backend: 'wasm' },
]

/**
 * Adds links to the built page: `modulepreload` for the rest of the page and for the scripts of the workers, and
 * `prefetch` for the wasm binaries that most browsers use.
 * @param {{ afterFirstPaint?: boolean }} [options] with `afterFirstPaint` the links have their relation in `data-rel`, and
 *   take effect when the page's own script copies it to `rel`: until then all of the connection is for the first paint. The
 *   script leaves out the links of a backend (`data-backend`) that the device will not use. Otherwise there are no links for
 *   WebGPU, because a graphics device is worth the time of one request.
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
        const link = (
          /** @type {string} */ rel,
          /** @type {string} */ file,
          /** @type {string | undefined} */ backend = undefined,
        ) =>
          /** @type {const} */ ({
            tag: 'link',
            attrs: {
              crossorigin: true,
              [afterFirstPaint ? 'data-rel' : 'rel']: rel,
              ...(afterFirstPaint && backend && { 'data-backend': backend }),
              ...(rel === 'prefetch' ? { as: 'fetch' } : { fetchpriority: 'low' }),
              href: `./${file}`,
            },
            injectTo: 'head',
          })
        const rest = matching(/(^|\/)rest-of-page-[\w-]+\.js$/).map((file) => link('modulepreload', file))
        const engine = wanted.flatMap(({ rel, pattern, backend }) => {
          const found = matching(pattern)
          if (found.length === 0)
            throw new Error(`The build has no file like ${pattern}; adapt scripts/preload-plugin.mjs.`)
          return afterFirstPaint || backend !== 'webgpu' ? found.map((file) => link(rel, file, backend)) : []
        })
        return [...rest, ...engine]
      },
    },
  }
}
