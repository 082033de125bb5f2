/** A page that passes calls to its worker (worker.ts). bench/peers.mjs calls them through `globalThis.peers`. */
import type { PeerCalls } from './worker.ts'

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

/** One call at a time. */
function call(name: keyof PeerCalls, argument: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result))
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage({ name, argument })
  })
}

Object.assign(globalThis, { peers: call })
