/** A blind listening test, from its plan to its result. */
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import type { ListeningTestSlice } from './listening-test-state.ts'

const notYet = () => {
  throw new Error('not yet')
}

export function createListeningTestSlice(
  _set: SetState,
  _get: GetState,
  _services: Services,
): ListeningTestSlice {
  return {
    testRunning: false,
    openedResults: [],
    voiceClips: [],
    startTest: notYet,
    cancelPreparing: notYet,
    listen: notYet,
    toggleTestSound: notYet,
    rewindTest: notYet,
    loopTest: notYet,
    rate: notYet,
    answer: notYet,
    takeBack: notYet,
    stopTest: notYet,
    dismissTest: notYet,
    findKeptTest: async () => {},
    resumeTest: notYet,
    discardKeptTest: notYet,
    listVoiceClips: notYet,
    openPlan: notYet,
    putPlanAway: notYet,
    planAsFile: notYet,
    openResults: notYet,
    closeResult: notYet,
    resultAsJson: notYet,
    resultAsCsv: notYet,
  }
}
