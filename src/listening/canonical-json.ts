/** JSON in which the same values are always the same text: keys sorted, no space. What digests are taken of. */

/** Files nest less deep; one that nests deeper was made to break readers. */
const deepest = 32

/**
 * @param value what JSON can hold; keys that are undefined are left out.
 * Throws RangeError where it nests more than 32 deep.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > deepest) throw new RangeError('the value nests too deep')
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, depth + 1)}`).join(',')}}`
}
