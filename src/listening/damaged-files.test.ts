/** A plan or a result is read or refused with a `ProblemError`, at a bounded cost, however it was damaged. */
import { fuzzReader } from '../io/testing/fuzz-reader.ts'
import { readPlan, writePlan } from './plans/plan-file.ts'
import { readResult, writeResult } from './results/result-file.ts'
import { planOf, sessionOf } from './testing/sessions.ts'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

fuzzReader({
  format: 'plan of a listening test',
  files: [planOf('abx'), planOf('cmos'), planOf('mushra', { trials: 1 })].map((plan) =>
    encode(writePlan(plan)),
  ),
  readers: [(bytes) => readPlan(decode(bytes), 'plan.json')],
})

const sessions = [
  sessionOf(planOf('abx', { clips: 1 }), () => ({ choice: 0 })),
  sessionOf(planOf('cmos', { clips: 1 }), () => ({ comparison: 1 })),
]

fuzzReader({
  format: 'result of a listening test',
  files: (await Promise.all(sessions.map(writeResult))).map(encode),
  readers: [(bytes) => readResult(decode(bytes), 'result.json')],
})
