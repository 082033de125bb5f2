/** A method of ES2024 that some browsers lack. */
interface ArrayBuffer {
  /** Moves the memory to a new buffer, of another length if one is given; this one is empty afterwards. */
  transfer?(newByteLength?: number): ArrayBuffer
}
