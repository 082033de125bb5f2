/** Allows one session at a time in all tabs of a browser: two would share the processor and write over each other's files. */
import { trainingElsewhere } from './training-problems.ts'

const lockName = 'vocoder-training'

/** Rejects with `training-elsewhere` where the lock is taken. Without locks, or where they are refused, it acts at once. */
export async function withTrainingLock<Result>(act: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator
  if (!locks) return act()
  let answered = false
  try {
    return await locks.request(lockName, { ifAvailable: true }, (lock) => {
      answered = true
      if (!lock) throw trainingElsewhere()
      return act()
    })
  } catch (thrown) {
    if (answered) throw thrown
    return act()
  }
}

/** False where nobody can tell. */
export async function isTrainingSomewhere(): Promise<boolean> {
  const known = await navigator.locks?.query().catch(() => undefined)
  return known?.held?.some(({ name }) => name === lockName) ?? false
}
