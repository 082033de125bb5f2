/** Cache Storage for Node: only what the engine uses of it. */

export function memoryCaches(): { readonly storage: CacheStorage; readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  const cache: Partial<Cache> = {
    async match(key) {
      const bytes = kept.get(String(key))
      return bytes && new Response(bytes)
    },
    async put(key, response) {
      kept.set(String(key), new Uint8Array(await response.arrayBuffer()))
    },
    async delete(key) {
      return kept.delete(String(key))
    },
  }
  const storage: Partial<CacheStorage> = { open: async () => cache as Cache }
  return { storage: storage as CacheStorage, kept }
}
