/** Identifies the container of a file by its content and reads its headers. Never throws, whatever the bytes. */
import type { AudioContainer } from './audio-container.ts'
import { probeFlac } from './flac.ts'
import { id3Bytes, probeMp3 } from './mp3.ts'
import { probeMp4 } from './mp4.ts'
import { probeOgg } from './ogg.ts'

/** Returns undefined for an unknown container, such as WebM, which the browser may still decode. */
export function probeContainer(bytes: Uint8Array): AudioContainer | undefined {
  const start = id3Bytes(bytes)
  return probeFlac(bytes, start) ?? probeOgg(bytes) ?? probeMp4(bytes) ?? probeMp3(bytes, start)
}
