/** The settings of the next fine-tuning session: a preset, what the user changed of it, and the way back. */
import { bytesOf } from '../file-bytes.ts'
import type { GetState, SetState } from '../state.ts'
import type { TrainingSettingsSlice } from './fine-tune-state.ts'
import { presetOf, trainingPresets } from './training-settings.ts'

/** @param keepCheckpoint gets the bytes of the file that `checkpointName` names. */
export function createTrainingSettingsSlice(
  set: SetState,
  get: GetState,
  keepCheckpoint: (bytes: Uint8Array<ArrayBuffer> | undefined) => void,
): TrainingSettingsSlice {
  return {
    trainingPreset: 'voice',
    trainingSettings: trainingPresets.voice,
    choosePreset(trainingPreset) {
      // The model that was chosen for the other objective need not fit this one.
      set({
        trainingPreset,
        trainingSettings: trainingPresets[trainingPreset],
        trainingModelId: undefined,
        resetSettings: undefined,
      })
    },
    changeTrainingSettings(change) {
      set(({ trainingSettings, trainingPreset }) => {
        const changed = { ...trainingSettings, ...change }
        return {
          trainingSettings: changed,
          trainingPreset: presetOf(changed) ?? trainingPreset,
          resetSettings: undefined,
        }
      })
    },
    resetTrainingSettings() {
      set(({ trainingSettings, trainingPreset }) => ({
        trainingSettings: trainingPresets[trainingPreset],
        resetSettings: trainingSettings,
      }))
    },
    undoReset() {
      set(({ trainingSettings, resetSettings }) => ({
        trainingSettings: resetSettings ?? trainingSettings,
        resetSettings: undefined,
      }))
    },
    chooseTrainingModel: (trainingModelId) => set({ trainingModelId }),
    nameTraining: (trainingName) => set({ trainingName }),
    async chooseCheckpoint(file) {
      if (!file) {
        keepCheckpoint(undefined)
        set({ checkpointName: undefined })
        return
      }
      try {
        const { name, bytes } = await bytesOf(file)
        keepCheckpoint(bytes)
        set({ checkpointName: name })
      } catch (thrown) {
        get().report(thrown)
      }
    },
  }
}
