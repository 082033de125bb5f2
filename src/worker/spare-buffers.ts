/**
 * Buffers that come back with an answer and carry the next call's arrays. Without them a series of calls leaves as much
 * garbage as all their arrays together, and browsers free the memory of messages late.
 */

const maxBuffers = 4
/** A larger one would be held for long without use. */
export const maxSpareBytes = 16 * 2 ** 20

export class SpareBuffers {
  #buffers: ArrayBuffer[] = []

  add(buffers: readonly ArrayBuffer[]): void {
    this.#buffers = [...this.#buffers, ...buffers].slice(-maxBuffers)
  }

  /** Copies a typed array, into a spare buffer if one has its size. The copy's buffer holds nothing else. */
  copyOf(view: ArrayBufferView): ArrayBufferView {
    const index = this.#buffers.findIndex(({ byteLength }) => byteLength === view.byteLength)
    const [buffer = new ArrayBuffer(view.byteLength)] = index < 0 ? [] : this.#buffers.splice(index, 1)
    new Uint8Array(buffer).set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    return new (view.constructor as new (of: ArrayBuffer) => ArrayBufferView)(buffer)
  }
}
