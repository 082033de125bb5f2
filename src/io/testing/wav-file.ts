/** WAV files assembled from chunks, valid or not, for tests. */

/** Padded to an even length; `size` is the value in its header. */
export function chunk(id: string, body: Uint8Array, size = body.length): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + body.length + (body.length % 2))
  bytes.set(new TextEncoder().encode(id))
  new DataView(bytes.buffer).setUint32(4, size, true)
  bytes.set(body, 8)
  return bytes
}

export function riff(...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = chunks.flatMap((bytes) => [...bytes])
  return chunk('RIFF', Uint8Array.of(...new TextEncoder().encode('WAVE'), ...body))
}

type Format = { codec?: number; channels?: number; rateHz?: number; bits?: number; frameBytes?: number }

export function wavFormat(format: Format): Uint8Array<ArrayBuffer> {
  const { codec = 1, channels = 1, rateHz = 22050, bits = 16 } = format
  const { frameBytes = channels * (bits >> 3) } = format
  const view = new DataView(new ArrayBuffer(16))
  view.setUint16(0, codec, true)
  view.setUint16(2, channels, true)
  view.setUint32(4, rateHz, true)
  view.setUint32(8, rateHz * frameBytes, true)
  view.setUint16(12, frameBytes, true)
  view.setUint16(14, bits, true)
  return chunk('fmt ', new Uint8Array(view.buffer))
}
