/** Mels and spectrograms by id: too large for the store, and owned by it all the same. */
import type { Spectrogram } from '../analysis/analysis.ts'
import type { MelSpectrogram } from '../dsp/mel-spectrogram.ts'

export type SignalLibrary = {
  /** Returns the new id. Whoever adds a signal removes it. */
  addMel(mel: MelSpectrogram): string
  addSpectrogram(spectrogram: Spectrogram): string
  /** Undefined once it has been removed. */
  mel(id: string): MelSpectrogram | undefined
  spectrogram(id: string): Spectrogram | undefined
  remove(id: string): void
}

export function createSignalLibrary(): SignalLibrary {
  const mels = new Map<string, MelSpectrogram>()
  const spectrograms = new Map<string, Spectrogram>()
  let added = 0
  return {
    addMel(mel) {
      const id = `mel-${++added}`
      mels.set(id, mel)
      return id
    },
    addSpectrogram(spectrogram) {
      const id = `spectrogram-${++added}`
      spectrograms.set(id, spectrogram)
      return id
    },
    mel: (id) => mels.get(id),
    spectrogram: (id) => spectrograms.get(id),
    remove(id) {
      mels.delete(id)
      spectrograms.delete(id)
    },
  }
}
