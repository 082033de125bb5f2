/** Frees large arrays at once: until the garbage collector finds them, they would add to those of the next work. */

/** The arrays must not be used afterwards. Without effect in browsers that lack the method. */
export function freeMemory(buffers: Iterable<ArrayBufferLike>): void {
  for (const buffer of buffers)
    if (buffer instanceof ArrayBuffer && buffer.byteLength > 0) buffer.transfer?.(0)
}
