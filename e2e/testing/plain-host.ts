/** The built page on a plain static host such as GitHub Pages: under a path, with no header except the type. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const dist = new URL('../../dist/', import.meta.url).pathname
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

export type PlainHost = {
  readonly address: string
  /** Changes the service worker, as the deployment of a new version does. */
  publishNewVersion(): void
  close(): Promise<void>
}

export async function openPlainHost(folder = '/some/folder/'): Promise<PlainHost> {
  let version = 1
  const server = createServer(async ({ url = '' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
    const name = normalize(path.slice(folder.length) || 'index.html')
    const content = path.startsWith(folder) && (await readFile(join(dist, name)).catch(() => undefined))
    if (!content) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' })
    response.end(name === 'service-worker.js' ? `${content}\n// version ${version}\n` : content)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://localhost:${port}${folder}`,
    publishNewVersion: () => void version++,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
