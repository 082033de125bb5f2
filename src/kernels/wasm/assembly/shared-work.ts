/**
 * Work that threads share. It consists of numbered units; each thread takes the next unit until none is left. A thread
 * that comes late, or never, therefore delays nothing but the unit that it has taken. Without threads there is one.
 *
 * A control block of 32 values of 4 bytes is at a fixed address, with zeros at first. The thread that begins work writes
 * its description there, which starts at `descriptionAt`.
 */
import { computeUnit } from './product-units'

/** Odd while work is offered. Idle threads wait for a change. */
const offerAt: usize = 0
/** The number of other threads that may be reading the description. */
const activeAt: usize = 4
const nextUnitAt: usize = 8
const unitCountAt: usize = 12
/** The number of units that other threads have completed so far, which shows whether there are any. */
const helpedUnitsAt: usize = 16
export const descriptionAt: usize = 20

/** A thread looks for work this many times, some 20 microseconds, before it sleeps: waking it takes longer. */
const looks: i32 = 10000
/** The unit is nanoseconds. The last thread to finish wakes the one that waits, unless it finishes just before the wait. */
const maxWait: i64 = 1000000

/** Completes the described work of `units` units, with the help of other threads if it is worth waking them. */
export function completeUnits(control: usize, units: i32, isLong: bool): void {
  if (!ASC_FEATURE_THREADS || !isLong) {
    for (let unit: i32 = 0; unit < units; unit++) computeUnit(control + descriptionAt, unit, 0)
    return
  }
  if (ASC_FEATURE_THREADS) {
    atomic.store<i32>(control, units, unitCountAt)
    atomic.store<i32>(control, 0, nextUnitAt)
    atomic.add<i32>(control, 1, offerAt)
    atomic.notify(control + offerAt, -1)
    takeUnits(control, 0)
    atomic.add<i32>(control, 1, offerAt)
    for (let look: i32 = 0; ; look++) {
      const active = atomic.load<i32>(control, activeAt)
      if (active === 0) return
      if (look > looks) atomic.wait<i32>(control + activeAt, active, maxWait)
    }
  }
}

/** Helps with all work until the thread ends. `thread` counts from 1; the thread that offers work is 0. */
export function help(control: usize, thread: i32): void {
  if (!ASC_FEATURE_THREADS) return
  let seen: i32 = 0
  for (;;) {
    let offer = atomic.load<i32>(control, offerAt)
    for (let look: i32 = 0; offer === seen && look < looks; look++) offer = atomic.load<i32>(control, offerAt)
    if (offer === seen) {
      atomic.wait<i32>(control + offerAt, seen, -1)
      continue
    }
    // The description stays as it is while work is offered and while any thread is active.
    atomic.add<i32>(control, 1, activeAt)
    seen = atomic.load<i32>(control, offerAt)
    if (seen & 1) atomic.add<i32>(control, takeUnits(control, thread), helpedUnitsAt)
    if (atomic.sub<i32>(control, 1, activeAt) === 1) atomic.notify(control + activeAt, 1)
  }
}

/** Returns the number of units that the thread has completed. */
function takeUnits(control: usize, thread: i32): i32 {
  let count: i32 = 0
  if (ASC_FEATURE_THREADS) {
    const units = atomic.load<i32>(control, unitCountAt)
    let unit = atomic.add<i32>(control, 1, nextUnitAt)
    while (unit < units) {
      computeUnit(control + descriptionAt, unit, thread)
      count++
      unit = atomic.add<i32>(control, 1, nextUnitAt)
    }
  }
  return count
}
