/** Cache Storage for Node, limited to the methods that the engine uses. */

/** Creates a storage in memory; `faults` replace methods of the storage or of its one cache. */
export function memoryCaches(faults: Partial<Cache & Pick<CacheStorage, 'open'>> = {}): {
  readonly storage: CacheStorage
  readonly kept: Map<string, Uint8Array>
} {
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
    ...faults,
  }
  const storage: Partial<CacheStorage> = { open: faults.open ?? (async () => cache as Cache) }
  return { storage: storage as CacheStorage, kept }
}
