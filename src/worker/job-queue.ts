/**
 * Runs jobs one after the other: two at once would share one processor or device and each take twice as long, and the
 * second would need memory that the first holds.
 */
import { throwIfCancelled } from '../base/cancellation.ts'

export class JobQueue {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `job` once those before it have ended, successfully or not. A job cancelled while it waits never starts. */
  run<Result>(job: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const turn = this.#last.then(() => {
      throwIfCancelled(signal)
      return job()
    })
    this.#last = turn.catch(() => {})
    return turn
  }
}
