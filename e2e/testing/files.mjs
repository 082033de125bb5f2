// Typical user files, generated in memory for the tests and the benchmark.
import { readFileSync } from 'node:fs'

/** @typedef {{ name: string, mimeType: string, buffer: Buffer }} NamedFile */

const examples = new URL('../../public/examples/', import.meta.url)

/** One of the bundled mels, [80, frames] float32 in HiFi-GAN's format. */
function exampleMel(/** @type {string} */ file) {
  const bytes = readFileSync(new URL(file, examples))
  const dataStart = 10 + bytes.readUInt16LE(8)
  const values = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + dataStart, bytes.byteOffset + bytes.length),
  )
  return { frames: values.length / 80, values }
}

/**
 * A version 1 npy file of little-endian float32.
 * @param {string} name
 * @param {number[]} shape
 * @param {Float32Array} values
 * @returns {NamedFile}
 */
export function npy(name, shape, values) {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`
  const header = `${dictionary}${' '.repeat(63 - ((10 + dictionary.length) % 64))}\n`
  const prefix = Buffer.from([
    0x93,
    0x4e,
    0x55,
    0x4d,
    0x50,
    0x59,
    1,
    0,
    header.length & 255,
    header.length >> 8,
  ])
  return {
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.concat([prefix, Buffer.from(header), Buffer.from(values.buffer)]),
  }
}

/**
 * Cuts `frames` frames from a bundled mel as a Tacotron 2 style [80, frames] file; a mel that is too short is repeated.
 * @param {number} frames
 * @param {string} source
 * @param {number} [start]
 */
export function tacotronMel(frames, source, start = 40) {
  const mel = exampleMel(source)
  const values = new Float32Array(80 * frames)
  for (let band = 0; band < 80; band++)
    for (let frame = 0; frame < frames; frame++)
      values[band * frames + frame] = mel.values[band * mel.frames + ((start + frame) % mel.frames)]
  return npy(`tacotron2-${frames}.npy`, [80, frames], values)
}

/**
 * A vowel-like sound, or silence: 16-bit mono WAV.
 * @param {number} seconds
 * @param {number} [sampleRateHz]
 * @param {number} [level] 1 for speech, 0 for silence, 20 for clipping.
 * @returns {NamedFile}
 */
export function wav(seconds, sampleRateHz = 22050, level = 1) {
  const samples = Math.round(seconds * sampleRateHz)
  const buffer = Buffer.alloc(44 + 2 * samples)
  buffer.write('RIFF', 0)
  buffer.writeUInt32LE(36 + 2 * samples, 4)
  buffer.write('WAVEfmt ', 8)
  buffer.writeUInt32LE(16, 16)
  buffer.writeUInt16LE(1, 20)
  buffer.writeUInt16LE(1, 22)
  buffer.writeUInt32LE(sampleRateHz, 24)
  buffer.writeUInt32LE(2 * sampleRateHz, 28)
  buffer.writeUInt16LE(2, 32)
  buffer.writeUInt16LE(16, 34)
  buffer.write('data', 36)
  buffer.writeUInt32LE(2 * samples, 40)
  for (let i = 0; i < samples; i++) {
    const t = i / sampleRateHz
    let value = 0
    for (let harmonic = 1; harmonic <= 20; harmonic++)
      value += Math.sin(2 * Math.PI * 130 * harmonic * t) / (1 + ((130 * harmonic - 600) / 400) ** 2)
    const sample = Math.round(6000 * level * value * Math.sin((Math.PI * t) / seconds))
    buffer.writeInt16LE(Math.max(-32768, Math.min(32767, sample)), 44 + 2 * i)
  }
  return { name: 'vowel.wav', mimeType: 'audio/wav', buffer }
}

/** Format, length and peak of a downloaded WAV, read from its header without a library. */
export function describeWav(/** @type {Buffer} */ bytes) {
  const bits = bytes.readUInt16LE(34)
  const data = bytes.indexOf('data') + 8
  let peak = 0
  if (bits === 16)
    for (let at = data; at + 1 < bytes.length; at += 2)
      peak = Math.max(peak, Math.abs(bytes.readInt16LE(at)) / 32768)
  return {
    riff: bytes.toString('latin1', 0, 4),
    formatTag: bytes.readUInt16LE(20),
    channels: bytes.readUInt16LE(22),
    sampleRateHz: bytes.readUInt32LE(24),
    bits,
    samples: bytes.readUInt32LE(data - 4) / (bits / 8),
    peak,
  }
}
