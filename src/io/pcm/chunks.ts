/** Bytes of the chunks that WAV and AIFF consist of: four characters of name, a size, the contents. */

/** The four characters at `at`; fewer at the end of the file. */
export function fourCharacters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

export function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
