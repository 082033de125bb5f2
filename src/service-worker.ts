/**
 * Makes the page work without a network, and cross-origin isolated on hosts that set no headers. The first visit caches
 * the files of the build; the page itself stores weights after it has checked them (engine/models/weights-store.ts).
 */
import { addPlugins, cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { NetworkFirst } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] }

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Returns the response with the headers that give a page shared memory (cross-origin isolation). */
function isolated(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

const plugins = [{ handlerWillRespond: async ({ response }: { response: Response }) => isolated(response) }]

const entries = self.__WB_MANIFEST.map((entry) => (typeof entry === 'string' ? { url: entry } : entry))
const isData = ({ url }: { readonly url: string }) => /^(models|examples|samples)\//.test(url)

addPlugins(plugins)
// The parameters of the address are settings and select no other file.
precacheAndRoute(
  entries.filter((entry) => !isData(entry)),
  { ignoreURLParametersMatching: [/./] },
)
cleanupOutdatedCaches()

// Lists, configurations, examples and samples may change without a new version of the page, so the network goes first. The first
// visit has fetched them before this worker could see it, so they are cached at installation too.
const dataCache = 'bundled-data'
self.addEventListener('install', (event) =>
  event.waitUntil(
    caches.open(dataCache).then((cache) => cache.addAll(entries.filter(isData).map(({ url }) => url))),
  ),
)
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && /\/(models|examples|samples)\/.*\.(json|npy|wav|flac|webp|md)$/.test(url.pathname),
  new NetworkFirst({ cacheName: dataCache, plugins }),
)

// The page sends this when the user accepts a new version.
self.addEventListener('message', ({ data }) => {
  if (data?.type === 'SKIP_WAITING') void self.skipWaiting()
})
// The activation, for which every request waits, does not wait for the claim: Firefox claims a worker only once it returns to
// its event loop, which the threads of the engine never do (engine/backends/wasm-thread.ts).
self.addEventListener('activate', () => void self.clients.claim())
