/** The takes of a trial under their neutral names. */
import type { Audio } from '../../../analysis/analysis.ts'
import { referenceId } from '../../../listening/plans/anchors.ts'
import type { TestSession } from '../../../listening/test-session.ts'
import type { TrialTake } from '../test-sound.ts'
import type { StimulusKey } from '../test-state.ts'

const pairKeys = ['a', 'b'] as const

/**
 * Returns the takes in the order of the buttons. X has exactly the samples and the gain of the stimulus that it equals.
 */
export function trialTakes(
  { plan, trials, stimuli }: TestSession,
  audio: ReadonlyMap<string, Audio>,
  index: number,
): readonly TrialTake[] {
  const trial = trials[index]
  const take = (key: StimulusKey, id?: string): TrialTake => {
    const stimulus = stimuli.find((one) => one.id === id)
    const sound = stimulus && audio.get(stimulus.sha256)
    if (!stimulus || !sound) throw new Error(`there is no stimulus ${id} for ${key}`)
    return { id: key, ...sound, gainDb: stimulus.gainDb }
  }
  if (plan.kind === 'mushra') {
    const reference = stimuli.find(
      ({ clip, conditionId }) => clip === trial.clip && conditionId === referenceId,
    )
    return [take('reference', reference?.id), ...trial.stimuli.map((id, slider) => take(`${slider + 1}`, id))]
  }
  const pair = trial.stimuli.map((id, place) => take(pairKeys[place], id))
  return trial.x === undefined ? pair : [...pair, take('x', trial.stimuli[trial.x])]
}
