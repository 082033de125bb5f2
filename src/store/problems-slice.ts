/** The displayed problems, each with the action that retries it. */
import { isAbort, toProblem } from '../base/problem.ts'
import type { ProblemsActions, ProblemsState, Retry } from './problems-state.ts'
import type { Slice, SliceContext } from './slice.ts'

export function createProblemsSlice({
  get,
  set,
  actions,
}: SliceContext<'problems', unknown>): Slice<ProblemsState, ProblemsActions> {
  let nextId = 1

  async function run(retry: Retry): Promise<void> {
    switch (retry.kind) {
      case 'synthesize':
        return actions.synthesis.run()
      case 'start-engine':
        await actions.synthesis.startEngine()
        return get().source.current ? undefined : actions.source.loadExamples()
      case 'load-model':
        return actions.models.tryLoad(retry.modelId)
      case 'load-examples':
        return actions.source.loadExamples()
      case 'open-example':
        return actions.source.openExample(retry.exampleId)
      case 'record':
        return actions.source.startRecording(retry.purpose)
      case 'example-voice':
        return actions.training.openExampleVoice()
      default:
        retry satisfies never
    }
  }

  return {
    state: { shown: [], notes: [] },
    actions: {
      report(thrown, retry) {
        if (isAbort(thrown)) return
        const problem = toProblem(thrown)
        const added = { id: nextId++, problem, ...(retry && { retry }) }
        set(({ shown }) => ({
          shown: [
            ...shown.filter(({ problem: { code, file } }) => code !== problem.code || file !== problem.file),
            added,
          ],
        }))
      },
      dismiss(problemId) {
        set(({ shown }) => ({ shown: shown.filter(({ id }) => id !== problemId) }))
      },
      dismissWhere(isOver) {
        set(({ shown }) => ({ shown: shown.filter((one) => !isOver(one)) }))
      },
      note(text) {
        set((problems) => ({ notes: [...problems.notes.filter((one) => one !== text), text] }))
      },
      dismissNotes: () => set({ notes: [] }),
      async retry(problemId) {
        const retried = get().problems.shown.find(({ id }) => id === problemId)
        actions.problems.dismiss(problemId)
        if (retried?.retry) await run(retried.retry)
      },
    },
  }
}
