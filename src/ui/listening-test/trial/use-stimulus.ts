/** The state of one stimulus of a trial, and the action that plays it. */
import type { RunningTest, StimulusKey } from '../../../store/listening-test/test-state.ts'
import { useActions } from '../../shell/page-context.ts'

export function useStimulus(test: RunningTest, stimulus: StimulusKey) {
  const { playStimulus } = useActions().test
  const sounds = test.playing && test.audible === stimulus
  const heard = test.heard.includes(stimulus)
  const icon = sounds ? 'sound' : heard ? 'check' : 'play'
  return { sounds, heard, icon, play: () => void playStimulus(stimulus) } as const
}
