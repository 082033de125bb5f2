/** The header information of a compressed audio file, and functions that read its bytes. */

export type AudioContainer = {
  readonly format: 'flac' | 'm4a' | 'mp3' | 'ogg'
  /** False only if the file lists its tracks and none is audio. */
  readonly hasAudio: boolean
  /** Rate of the first audio track; absent if the headers do not state it. */
  readonly sampleRateHz?: number
  /** Duration as declared or counted, including coder delay; absent if the headers do not state it. */
  readonly seconds?: number
  /** Whether the file ends within a part whose length it states. */
  readonly cutShort: boolean
}

/** Unsigned big-endian integer of `length` bytes (exact up to 6). Bytes past the end read as 0: files are untrusted. */
export function uintBE(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[offset + i] ?? 0)
  return value
}

/** Reads the bytes as `uintBE` does, but little-endian. */
export function uintLE(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[offset + i] ?? 0)
  return value
}

/** Whether `text`, one byte per character, is at `offset`. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false
  return true
}
