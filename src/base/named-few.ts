/** "a.npy", "a.npy and b.npy", "a.npy, b.npy, c.npy and 97 others": names for a sentence, however many there are. */
export function namedFew(names: readonly string[], most = 3): string {
  if (names.length > most + 1) return `${names.slice(0, most).join(', ')} and ${names.length - most} others`
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
