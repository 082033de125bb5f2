/**
 * The playback of one trial: its stimuli loop on one clock, and the slice records which of them were heard. A stimulus
 * counts as heard once it was requested and the audio output really plays: without output nothing was heard, and a user
 * may be faster than the opening of the output.
 */
import type { PlayerTake, TimeRange } from '../../audio/playback/player.ts'
import { ProblemError } from '../../base/problem.ts'
import type { SliceContext } from '../slice.ts'
import type { RunningTest, StimulusKey } from './test-state.ts'

/** A take as the player plays it, identified by its stimulus key. */
export type TrialTake = Omit<PlayerTake, 'id'> & { readonly id: StimulusKey }

export type TestSound = {
  /** Loads the takes, paused at the start, with the first one selected; loops `region`, or everything. */
  show(takes: readonly TrialTake[], region: TimeRange | undefined): void
  listen(key: StimulusKey): Promise<void>
  toggle(): Promise<void>
  rewind(): void
  loop(region: TimeRange | undefined): void
  /** Resolves when the audio output that is being opened plays, or has failed to. */
  settled(): Promise<void>
  clear(): void
}

/** @param onPlayed receives all stimuli that were heard since the trial began, at each change. */
export function createTestSound(
  { get, set, actions, services: { testPlayer } }: SliceContext<'test'>,
  onPlayed: (keys: readonly StimulusKey[]) => void,
): TestSound {
  let takes: readonly TrialTake[] = []
  let asked = new Set<StimulusKey>()
  let starting: Promise<void> | undefined

  function change(changed: Partial<RunningTest>): void {
    set(({ current: test }) => (test?.phase === 'running' ? { current: { ...test, ...changed } } : {}))
  }

  testPlayer.onChange(({ playing, audibleId, problem }) => {
    const test = get().test.current
    if (test?.phase !== 'running') return
    const interrupted = problem !== undefined && test.playing && !playing
    change({ playing, audible: takes.find(({ id }) => id === audibleId)?.id })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  function start(): Promise<void> {
    const own = testPlayer.play().finally(() => {
      if (starting === own) starting = undefined
    })
    return own
  }

  async function play(key: StimulusKey): Promise<void> {
    const ofTrial = asked
    ofTrial.add(key)
    try {
      starting ??= start()
      await starting
    } catch (thrown) {
      ofTrial.clear()
      actions.problems.report(thrown)
    }
    if (ofTrial === asked && testPlayer.state.playing) onPlayed([...asked])
    // Playback was paused before anything sounded, so the stimuli must be requested again.
    else ofTrial.clear()
  }

  function repeat(region: TimeRange | undefined): void {
    testPlayer.loopRegion(region ?? { startSeconds: 0, endSeconds: testPlayer.state.durationSeconds })
  }

  return {
    show(shown, region) {
      testPlayer.pause()
      asked = new Set()
      starting = undefined
      takes = shown
      testPlayer.setTakes(shown, shown[0].id)
      testPlayer.select(shown[0].id)
      repeat(region)
      testPlayer.stop()
    },
    async listen(key) {
      if (!takes.some(({ id }) => id === key)) return
      testPlayer.select(key)
      await play(key)
    },
    async toggle() {
      const test = get().test.current
      if (testPlayer.state.playing) testPlayer.pause()
      else if (test?.phase === 'running' && test.audible) await play(test.audible)
    },
    rewind() {
      const { region } = testPlayer.state
      testPlayer.seek(region?.startSeconds ?? 0)
    },
    loop(region) {
      repeat(region)
      change({ region })
    },
    async settled() {
      await starting?.catch(() => {})
    },
    clear() {
      testPlayer.pause()
      asked = new Set()
      takes = []
      testPlayer.loopRegion(undefined)
      testPlayer.setTakes([])
    },
  }
}
