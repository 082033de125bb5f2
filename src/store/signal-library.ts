/** Mels, spectrograms and their differences by id. They are too large for the store, but the store owns them. */
import type { Difference, Spectrogram } from '../analysis/analysis.ts'
import type { MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'

export type SignalLibrary = {
  /** Returns the new id. The caller that adds a signal must remove it. */
  addMel(mel: MelSpectrogram): string
  addSpectrogram(spectrogram: Spectrogram): string
  addDifference(difference: Difference): string
  /** Returns undefined once it has been removed. */
  mel(id: string): MelSpectrogram | undefined
  spectrogram(id: string): Spectrogram | undefined
  difference(id: string): Difference | undefined
  remove(id: string): void
}

export function createSignalLibrary(): SignalLibrary {
  const mels = new Map<string, MelSpectrogram>()
  const spectrograms = new Map<string, Spectrogram>()
  const differences = new Map<string, Difference>()
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
    addDifference(difference) {
      const id = `difference-${++added}`
      differences.set(id, difference)
      return id
    },
    mel: (id) => mels.get(id),
    spectrogram: (id) => spectrograms.get(id),
    difference: (id) => differences.get(id),
    remove(id) {
      mels.delete(id)
      spectrograms.delete(id)
      differences.delete(id)
    },
  }
}
