/** Allows one session at a time in all tabs of a browser: two would share the CPU and overwrite each other's files. */
import { trainingElsewhere } from './training-problems.ts'

const lockName = 'vocoder-training'

/**
 * Runs `act` while holding the lock. Rejects with `training-elsewhere` if it is taken. Runs `act` at once if the
 * browser has no locks or refuses them.
 */
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

/** Returns whether a session runs in any tab; false if the browser cannot tell. */
export async function isTrainingSomewhere(): Promise<boolean> {
  const known = await navigator.locks?.query().catch(() => undefined)
  return known?.held?.some(({ name }) => name === lockName) ?? false
}
