/** Paints the spectrogram of a sample. It runs in a page of the development server, for sample-pictures.mjs. */
import { createAnalysis } from '../src/analysis/in-thread.ts'
import { paintSpectrogram } from '../src/ui/figures/painting/spectrogram-picture.ts'

type Sample = {
  /** In base64. */
  readonly flac: string
  readonly sampleRateHz: number
  readonly width: number
  readonly height: number
  /** Of WebP, 0..1. */
  readonly quality: number
}

/** Returns the picture as WebP in base64. */
export async function paintSample({ flac, sampleRateHz, width, height, quality }: Sample): Promise<string> {
  const bytes = Uint8Array.from(atob(flac), (character) => character.charCodeAt(0))
  const context = new OfflineAudioContext(1, 1, sampleRateHz)
  const samples = (await context.decodeAudioData(bytes.buffer)).getChannelData(0)
  const { spectrogram, peakDb } = await createAnalysis().measure({ audio: { samples, sampleRateHz } })
  const painted = paintSpectrogram(spectrogram, peakDb)
  const small = Object.assign(document.createElement('canvas'), { width, height })
  const drawing = small.getContext('2d')
  if (!painted || !drawing) throw new Error('There is nothing to paint, or no canvas')
  drawing.imageSmoothingQuality = 'high'
  drawing.drawImage(painted, 0, 0, width, height)
  return small.toDataURL('image/webp', quality).split(',')[1]
}
