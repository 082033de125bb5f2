/** The settings of the next fine-tuning session: a preset, the user's changes to it, and their undo. */
import type { Slice, SliceContext } from '../slice.ts'
import { presetOf, trainingPresets } from './training-settings.ts'
import type { SetupActions, SetupState } from './training-state.ts'

export function createTrainingSetup({
  set,
}: Pick<SliceContext<'training'>, 'set'>): Slice<SetupState, SetupActions> {
  return {
    state: { preset: 'voice', settings: trainingPresets.voice },
    actions: {
      choosePreset(preset) {
        // A model that was chosen for the other objective need not fit this one.
        set({
          preset,
          settings: trainingPresets[preset],
          modelId: undefined,
          replacedSettings: undefined,
        })
      },
      changeSettings(change) {
        set(({ settings, preset }) => {
          const changed = { ...settings, ...change }
          return { settings: changed, preset: presetOf(changed) ?? preset, replacedSettings: undefined }
        })
      },
      resetSettings() {
        set(({ settings, preset }) => ({ settings: trainingPresets[preset], replacedSettings: settings }))
      },
      undoReset() {
        set(({ settings, replacedSettings }) => ({
          settings: replacedSettings ?? settings,
          replacedSettings: undefined,
        }))
      },
      chooseModel: (modelId) => set({ modelId }),
      nameModel: (name) => set({ name }),
    },
  }
}
