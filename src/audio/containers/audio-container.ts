/** What the headers of a compressed audio file say before anything is decoded, and how their bytes are read. */

export type AudioContainer = {
  readonly format: 'flac' | 'm4a' | 'mp3' | 'ogg'
  /** False only where the file lists its tracks and none is audio. */
  readonly hasAudio: boolean
  /** Of the first audio track; absent where the headers do not say. */
  readonly sampleRateHz?: number
  /** Length as declared or counted, coder delay included; absent where the headers do not say. */
  readonly seconds?: number
  /** Whether the file ends before the end of a part whose length it states. */
  readonly cutShort: boolean
}

/** Unsigned big-endian integer of `length` bytes (exact up to 6). Bytes past the end read as 0: files are untrusted. */
export function uintBE(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + (bytes[offset + i] ?? 0)
  return value
}

/** The same, little-endian. */
export function uintLE(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[offset + i] ?? 0)
  return value
}

/** Whether the characters of `text`, one byte each, stand at `offset`. */
export function hasText(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false
  return true
}
