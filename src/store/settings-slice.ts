/** The settings, and the address that recreates them. */
import { writeAddress } from './address.ts'
import type { Settings } from './settings.ts'
import type { GetState, SetState, SettingsSlice } from './state.ts'

export function createSettingsSlice(set: SetState, get: GetState, initial: Settings): SettingsSlice {
  return {
    settings: initial,
    changeSettings(change) {
      set(({ settings }) => ({ settings: { ...settings, ...change } }))
      if (change.size && get().engine.state === 'ready') void get().loadModels()
    },
    shareAddress() {
      const { settings, source, region, shownSeconds, frequencyAxis } = get()
      return writeAddress({
        settings,
        exampleId: source?.exampleId,
        region,
        shownSeconds,
        frequencyAxis,
      })
    },
  }
}
