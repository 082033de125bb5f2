// Serves the built page as docs/hosting.md asks of a host: files whose names contain their hash are compressed, WebAssembly
// included, and stay in the browser's cache.
import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const types = new Map([
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.wasm', 'application/wasm'],
])

/** A good ratio in a few milliseconds per file, because they are compressed when they are first asked for. */
const brotliQuality = 5

/** @type {Record<string, (bytes: Buffer) => Buffer>} */
const encoders = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } }),
  gzip: (bytes) => gzipSync(bytes),
}

/**
 * Answers requests for `assets/` in `npm start` and `vite preview`; all others are left to the preview server.
 * @returns {import('vite').Plugin}
 */
export function serveAssets() {
  return {
    name: 'serve-assets',
    configurePreviewServer({ middlewares, config }) {
      const folder = resolve(config.root, config.build.outDir, 'assets')
      /** @type {Map<string, Buffer>} */
      const encoded = new Map()

      middlewares.use('/assets', async (request, response, next) => {
        const path = join(folder, (request.url ?? '').replace(/[?#].*/, ''))
        const type = types.get(extname(path))
        const accepted = String(request.headers['accept-encoding'] ?? '')
        const encoding = Object.keys(encoders).find((name) => accepted.includes(name))
        if (request.method !== 'GET' || !type || !encoding || !path.startsWith(folder + sep)) return next()
        const key = `${encoding} ${path}`
        try {
          const bytes = encoded.get(key) ?? encoders[encoding](await readFile(path))
          encoded.set(key, bytes)
          for (const [name, value] of Object.entries(config.preview.headers ?? {}))
            if (value !== undefined) response.setHeader(name, value)
          response.writeHead(200, {
            'Content-Type': type,
            'Content-Encoding': encoding,
            'Content-Length': bytes.length,
            'Cache-Control': 'public, max-age=31536000, immutable',
            Vary: 'Accept-Encoding',
          })
          response.end(bytes)
        } catch {
          next()
        }
      })
    },
  }
}
