/**
 * A running test: prepared, conducted trial by trial, stored after every answer, and restored after a reload. The
 * session with the identities of the stimuli stays here; the state gets only the data that a listener may know.
 */
import type { TimeRange } from '../../audio/playback/player.ts'
import { importChunk } from '../../base/import-chunk.ts'
import { abortError } from '../../base/problem.ts'
import type { TestPlan } from '../../listening/plans/test-plan.ts'
import type { Answer, TestSession } from '../../listening/test-session.ts'
import { playersOf } from '../players.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { answerOf } from './given-answer.ts'
import type { PreparedSession } from './stimuli/prepare-session.ts'
import { trialTakes } from './stimuli/trial-takes.ts'
import { createTestPersistence } from './test-persistence.ts'
import { createTestSound } from './test-sound.ts'
import type { RunningTest, StimulusKey, TestRunActions, TestRunState } from './test-state.ts'

/** Problems with earlier plans, which no longer matter once a test runs. */
const planProblems = new Set([
  'plan-model-missing',
  'plan-recording-missing',
  'plan-take-missing',
  'plan-clip-missing',
  'plan-source-missing',
  'schedule-missing',
  'stimulus-silent',
])

type OngoingTest = PreparedSession & {
  /** The session of a rehearsal has no answers and is not stored. */
  readonly isRehearsal?: boolean
}

export function createTestRun(context: SliceContext<'test'>): Slice<TestRunState, TestRunActions> {
  const { get, set, actions, services } = context
  const { analysis, trainer } = services
  const persistence = createTestPersistence(services.fileStore, analysis, (note) => {
    // Notes appear at the top of the page, so that they do not interrupt the test.
    actions.problems.note(note)
  })
  let ongoing: OngoingTest | undefined
  /** The prepared test while its rehearsal runs and after it. */
  let rehearsed: OngoingTest | undefined
  let controller: AbortController | undefined
  let shownAt = 0

  const sound = createTestSound(context, (keys) => {
    changeTrial(({ heard, keys: all }) => ({
      heard: all.filter((key) => heard.includes(key) || keys.includes(key)),
    }))
  })

  const mayAnswer = ({ keys, heard, ratings }: RunningTest) =>
    keys.every((key) => heard.includes(key)) && ratings.every((rating) => rating !== undefined)

  function changeTrial(change: (test: RunningTest) => Partial<RunningTest>): void {
    set(({ current: test }) => {
      if (test?.phase !== 'running') return {}
      const changed = { ...test, ...change(test) }
      return { current: { ...changed, mayAnswer: mayAnswer(changed) } }
    })
  }

  /** @param before the answer that the user undid in this trial, with its ratings. */
  function showTrial(index: number, before?: Answer): void {
    if (!ongoing) return
    const { session, audio, notes } = ongoing
    const { plan, trials, clipTitles } = session
    const takes = trialTakes(session, audio, index)
    const keys = takes.map(({ id }) => id)
    const heard: readonly StimulusKey[] = before ? keys : []
    const sliders = plan.kind === 'mushra' ? trials[index].stimuli : []
    const { clip } = trials[index]
    const test = get().test.current
    const stays =
      test?.phase === 'running' && index > 0 && trials[Math.min(test.trial, trials.length - 1)].clip === clip
    const shown: RunningTest = {
      phase: 'running',
      kind: plan.kind,
      trial: index,
      trials: trials.length,
      ...(plan.clips.length > 1 && { clipTitle: clipTitles[clip] }),
      durationSeconds: takes[0].samples.length / takes[0].sampleRateHz,
      keys,
      heard,
      audible: keys[0],
      playing: false,
      ...(ongoing.isRehearsal && { rehearsal: {} }),
      ...(stays && test.region && { region: test.region }),
      ratings: sliders.map((_, slider) => before?.ratings?.[slider]),
      mayAnswer: false,
      notes,
    }
    set({ current: { ...shown, mayAnswer: mayAnswer(shown) }, running: true })
    sound.show(takes, shown.region)
    shownAt = performance.now()
  }

  function end(session: TestSession, notes: readonly string[]): void {
    ongoing = undefined
    sound.clear()
    set({ current: { phase: 'done', session, notes }, running: false })
    persistence.saveOver(session)
  }

  function leave(): void {
    ongoing = undefined
    sound.clear()
    set({ current: undefined, running: false })
  }

  /** During a test, nothing else plays. */
  function pauseAll(): void {
    for (const player of playersOf(services)) player.pause()
  }

  /** Prepares a test and passes it to `begin`. A failure is reported and returns to the state before. */
  async function prepareThen(
    plan: TestPlan,
    begin: (made: OngoingTest) => void | Promise<void>,
  ): Promise<void> {
    const before = get().test.current
    if (before && before.phase !== 'done') return
    controller = new AbortController()
    const { signal } = controller
    const letTrainingGoOn = trainer.hold()
    const doing = 'Reading the clips'
    set({ current: { phase: 'preparing', title: plan.title, done: 0, total: 0, doing, fraction: 0 } })
    pauseAll()
    try {
      // The module is loaded when the first test begins, because most visitors never begin one.
      const { prepareSession } = await importChunk(import('./stimuli/prepare-session.ts'))
      const made = await prepareSession(context, plan, {
        signal,
        onStep: (step) => set({ current: { phase: 'preparing', title: plan.title, ...step } }),
      })
      actions.problems.dismissWhere(({ problem: { code } }) => planProblems.has(code))
      await begin(made)
    } catch (thrown) {
      set({ current: before })
      actions.problems.report(signal.aborted ? abortError() : thrown)
    } finally {
      letTrainingGoOn()
    }
  }

  function begin(made: OngoingTest): void {
    ongoing = made
    rehearsed = undefined
    set({ saved: undefined })
    persistence.saveNew(made.session, made.audio)
    showTrial(0)
  }

  return {
    state: { running: false },
    actions: {
      async start(plan) {
        const test = get().test.current
        if (test?.phase !== 'rehearsed' || !rehearsed) return prepareThen(plan, begin)
        begin({ ...rehearsed, session: { ...rehearsed.session, startedAt: new Date().toISOString() } })
      },
      async rehearse(plan) {
        await prepareThen(plan, async (made) => {
          const { rehearsalTrials } = await importChunk(import('./rehearsal.ts'))
          rehearsed = made
          const trials = rehearsalTrials(plan, plan.clips.length)
          ongoing = { ...made, session: { ...made.session, trials }, isRehearsal: true }
          showTrial(0)
        })
      },
      continueRehearsal() {
        const test = get().test.current
        if (!ongoing || !rehearsed || test?.phase !== 'running' || !test.rehearsal?.revealed) return
        if (test.trial + 1 < test.trials) return showTrial(test.trial + 1)
        const { plan, trials } = rehearsed.session
        ongoing = undefined
        sound.clear()
        set({ current: { phase: 'rehearsed', plan, trials: trials.length }, running: false })
      },
      cancelPreparing: () => controller?.abort(),
      playStimulus: (key) => sound.listen(key),
      toggleSound: () => sound.toggle(),
      rewind: () => sound.rewind(),
      positionSeconds: () => services.testPlayer.positionSeconds(),
      loop(region: TimeRange | undefined) {
        sound.loop(region)
      },
      rateStimulus(index, rating) {
        const within = Math.min(100, Math.max(0, Math.round(rating)))
        changeTrial(({ ratings }) => ({ ratings: ratings.map((one, at) => (at === index ? within : one)) }))
      },
      async answerTrial(given) {
        await sound.settled()
        const test = get().test.current
        if (!ongoing || test?.phase !== 'running' || test.kind !== given.kind || !test.mayAnswer) return
        const { session, notes } = ongoing
        if (ongoing.isRehearsal) {
          if (test.rehearsal?.revealed) return
          const { revealTrial } = await importChunk(import('./rehearsal.ts'))
          const revealed = revealTrial(session, session.trials[test.trial], test.keys, given)
          changeTrial(() => ({ rehearsal: { revealed } }))
          return
        }
        const answers = [...session.answers, answerOf(given, test, (performance.now() - shownAt) / 1000)]
        if (answers.length === session.trials.length) {
          end({ ...session, answers, finishedAt: new Date().toISOString() }, notes)
          return
        }
        ongoing = { ...ongoing, session: { ...session, answers } }
        persistence.save(ongoing.session)
        showTrial(answers.length)
      },
      takeBackAnswer() {
        const last = ongoing?.session.answers.at(-1)
        if (!ongoing || !last) return
        const { session } = ongoing
        const { answers, takenBack } = session
        ongoing = {
          ...ongoing,
          session: { ...session, answers: answers.slice(0, -1), takenBack: takenBack + 1 },
        }
        persistence.save(ongoing.session)
        showTrial(last.trial, last)
      },
      async stop(keep) {
        if (get().test.current?.phase === 'rehearsed' || ongoing?.isRehearsal) {
          rehearsed = undefined
          return leave()
        }
        if (!ongoing) return
        const { session, notes } = ongoing
        if (keep === 'result' && session.answers.length > 0) {
          end(session, notes)
          return
        }
        leave()
        await persistence.forget()
      },
      async dismissResult() {
        if (get().test.current?.phase !== 'done') return
        leave()
        await persistence.forget()
      },
      async findSaved() {
        const found = await persistence.find()
        if (!found || get().test.current) return
        const { session, isOver } = found
        if (isOver) {
          set({ current: { phase: 'done', session, notes: [] } })
          return
        }
        const { plan, answers, trials, startedAt } = session
        const { title, kind } = plan
        set({ saved: { title, kind, answered: answers.length, trials: trials.length, startedAt } })
      },
      async resumeSaved() {
        const { saved, current } = get().test
        if (!saved || (current && current.phase !== 'done')) return
        pauseAll()
        try {
          const { session, audio } = await persistence.resume()
          const { answers, trials } = session
          set({ saved: undefined })
          // The test was interrupted between the last answer and the result.
          if (answers.length === trials.length) {
            end({ ...session, finishedAt: new Date().toISOString() }, [])
            return
          }
          ongoing = { session, audio, notes: [] }
          showTrial(answers.length)
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async discardSaved() {
        set({ saved: undefined })
        await persistence.forget()
      },
    },
  }
}
