/** Canonical JSON for digests: equal values give equal text, with sorted keys and no white space. */

/** The page's files nest less deeply; a file that exceeds this was made to break readers. */
const maxDepth = 32

/**
 * @param value any JSON value; keys that are undefined are omitted.
 * Throws RangeError if it nests more than 32 levels deep.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) throw new RangeError('the value nests too deep')
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`).join(',')}}`
}
