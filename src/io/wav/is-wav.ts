import { fourCharacters } from '../pcm/chunks.ts'

/** Whether these first bytes are those of a WAV, RF64 or BW64 file. */
export function isWav(bytes: Uint8Array): boolean {
  return /^(RIFF|RF64|BW64)$/.test(fourCharacters(bytes, 0)) && fourCharacters(bytes, 8) === 'WAVE'
}
