/** How all pictures are looked at. */
import type { GetState, SetState } from '../state.ts'
import type { ViewSlice } from './view-state.ts'

export function createViewSlice(set: SetState, _get: GetState): ViewSlice {
  return {
    frequencyAxis: 'linear',
    changeAxis: (frequencyAxis) => set({ frequencyAxis }),
    showSeconds: (shownSeconds) => set({ shownSeconds }),
    lockRange: (lockedRange) => set({ lockedRange }),
    pointTo: (crosshair) => set({ crosshair }),
  }
}
