/** Problems on show, each with what a retry would do. */
import { isAbort, toProblem } from '../base/problem.ts'
import type { GetState, ProblemsSlice, Retry, SetState } from './state.ts'

export function createProblemsSlice(set: SetState, get: GetState, notes: readonly string[]): ProblemsSlice {
  let nextId = 1

  async function run(retry: Retry): Promise<void> {
    switch (retry.kind) {
      case 'synthesize':
        return get().synthesize()
      case 'start-engine':
        await get().startEngine()
        return get().source ? undefined : get().loadExamples()
      case 'load-models':
        return get().loadModels()
      case 'load-examples':
        return get().loadExamples()
      case 'open-example':
        return get().openExample(retry.exampleId)
      case 'record':
        return get().startRecording(retry.purpose)
      case 'example-voice':
        return get().useExampleVoice()
      default:
        retry satisfies never
    }
  }

  return {
    problems: [],
    notes,
    report(thrown, retry) {
      if (isAbort(thrown)) return
      const problem = toProblem(thrown)
      const shown = { id: nextId++, problem, ...(retry && { retry }) }
      set(({ problems }) => ({
        problems: [
          ...problems.filter(({ problem: { code, file } }) => code !== problem.code || file !== problem.file),
          shown,
        ],
      }))
    },
    dismiss(problemId) {
      set(({ problems }) => ({ problems: problems.filter(({ id }) => id !== problemId) }))
    },
    dismissNotes: () => set({ notes: [] }),
    async retry(problemId) {
      const shown = get().problems.find(({ id }) => id === problemId)
      get().dismiss(problemId)
      if (shown?.retry) await run(shown.retry)
    },
  }
}
