import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
import { testKinds } from '../plans/test-plan.ts'
import type { Stimulus, TestSession } from '../test-session.ts'
import { answeredSession, planOf, sessionOf } from '../testing/sessions.ts'
import { outcomeOf } from './outcome.ts'
import { readResult, writeResult } from './result-file.ts'

async function problemOf(text: string) {
  try {
    await readResult(text, 'result.json')
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown.problem
    throw thrown
  }
  throw new Error('nothing was thrown')
}

type Changeable = { version: unknown; sha256?: unknown; outcome: unknown; session: TestSession }

/** The file of a session, edited by hand. */
async function edited(change: (file: Changeable) => unknown, kind: (typeof testKinds)[number] = 'abx') {
  const file: Changeable = JSON.parse(await writeResult(answeredSession(kind)))
  change(file)
  return JSON.stringify(file)
}

/** Does the same as `edited`, but replaces the session. */
const withSession = (change: (session: TestSession) => object, kind?: (typeof testKinds)[number]) =>
  edited((file) => Object.assign(file.session, change(file.session)), kind)

/** InferGrad against the control, with a changed record of how the control was made. */
function controlSession(change: Partial<NonNullable<Stimulus['making']>>): TestSession {
  const [, inferGrad] = planOf('abx').conditions
  const control = {
    id: 'n',
    label: 'No network',
    kind: 'no-network',
    modelId: 'infergrad-small',
    seed: 1,
  } as const
  const plan = { ...planOf('abx', { trials: 4, clips: 1 }), conditions: [inferGrad, control] }
  const session = sessionOf(plan, () => ({ choice: 0 }))
  const making = {
    modelId: 'infergrad-small',
    weightsSha256: 'b'.repeat(64),
    seed: 1,
    corrections: { count: 0, momentum: 0, scope: 'all' as const },
    backend: 'wasm',
    ...change,
  }
  const stimuli = session.stimuli.map((one) => (one.conditionId === 'n' ? { ...one, making } : one))
  return { ...session, stimuli }
}

describe('result files', () => {
  it.each(testKinds)('restore a %s test, and with it its figures', async (kind) => {
    const session = answeredSession(kind)
    const read = await readResult(await writeResult(session), 'result.json')
    expect(read).toEqual({ session, notes: [] })
    expect(outcomeOf(read.session)).toEqual(outcomeOf(session))
  })

  it('restore an unfinished test', async () => {
    const { finishedAt: _, ...rest } = answeredSession('preference')
    const session = { ...rest, answers: rest.answers.slice(0, 2) }
    expect(await readResult(await writeResult(session), 'result.json')).toEqual({ session, notes: [] })
  })

  it('restore a test of takes', async () => {
    const plan = {
      ...planOf('abx', { trials: 4, clips: 1 }),
      conditions: ['one', 'other'].map((id) => ({
        id,
        label: id,
        kind: 'take' as const,
        takeId: `take-${id}`,
      })),
    }
    const session = sessionOf(plan, () => ({ choice: 0 }))
    expect((await readResult(await writeResult(session), 'result.json')).session).toEqual(session)
  })

  it('written before corrections could be chosen open without them', async () => {
    const { stimuli, ...rest } = answeredSession('cmos')
    const session = {
      ...rest,
      stimuli: stimuli.map((one) => {
        if (!one.making) return one
        const { corrections: _, ...making } = one.making
        return { ...one, making }
      }),
    }
    expect(await readResult(await writeResult(session), 'result.json')).toEqual({ session, notes: [] })
  })

  it('restore a control, which has no betas', async () => {
    const session = controlSession({})
    expect(await readResult(await writeResult(session), 'result.json')).toEqual({ session, notes: [] })
  })

  it('open with a note if they were edited by hand', async () => {
    const text = await edited((file) => {
      const [first, ...rest] = file.session.answers
      Object.assign(file.session, { answers: [{ ...first, choice: first.choice === 0 ? 1 : 0 }, ...rest] })
    })
    const { notes, session } = await readResult(text, 'result.json')
    expect(notes).toEqual([expect.stringContaining('changed after it was saved')])
    expect(outcomeOf(session)).not.toEqual(outcomeOf(answeredSession('abx')))
  })

  it.each<[string, (file: Changeable) => unknown]>([
    ['a better score', (file) => Object.assign(file, { outcome: { p: 0 } })],
    ['no digest', (file) => Object.assign(file, { sha256: undefined })],
    ['an added field', (file) => Object.assign(file, { remark: 'mine' })],
    [
      'an added nested field',
      (file) => Object.assign(file, { remark: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) }),
    ],
  ])('report %s, and recompute the figures', async (_, change) => {
    const { notes } = await readResult(await edited(change), 'result.json')
    expect(notes).toHaveLength(1)
  })

  it('match their digest regardless of key order and white space', async () => {
    const file: object = JSON.parse(await writeResult(answeredSession('cmos')))
    const text = JSON.stringify(Object.fromEntries(Object.entries(file).toReversed()))
    expect((await readResult(text, 'result.json')).notes).toEqual([])
  })

  it.each([
    ['', 'an empty file'],
    ['trial,clip\r\n1,x', 'text that is not JSON'],
    ['null', 'JSON of another kind'],
    ['{"format": "listening-plan"}', 'JSON of another kind'],
    [`${' '.repeat(8_000_000)}{}`, 'MB'],
  ])('are not text such as %.20s', async (text, found) => {
    expect(await problemOf(text)).toMatchObject({
      code: 'result-not-one',
      found: expect.stringContaining(found),
      remedy: expect.anything(),
    })
  })

  it('of another version are refused with a remedy', async () => {
    const newer = await problemOf(await edited((file) => Object.assign(file, { version: 2 })))
    expect(newer).toMatchObject({ code: 'result-version', found: 'version 2' })
    expect(newer.remedy).toContain('Reload')
    expect(await problemOf(await edited((file) => Object.assign(file, { version: '1' })))).toMatchObject({
      code: 'result-version',
    })
  })

  it.each<[string, Promise<string>]>([
    ['trials where the plan has', withSession(({ trials }) => ({ trials: trials.slice(1) }))],
    [
      'a stimulus "',
      withSession(({ trials: [first, ...rest] }) => ({
        trials: [{ ...first, stimuli: ['9:a', '9:b'] }, ...rest],
      })),
    ],
    ['without its X', withSession(({ trials }) => ({ trials: trials.map(({ x: _, ...rest }) => rest) }))],
    ['with an X', withSession(({ trials }) => ({ trials: trials.map((one) => ({ ...one, x: 0 })) }), 'cmos')],
    [
      'a stimulus twice',
      withSession(({ trials }) => ({
        trials: trials.map((one) => ({ ...one, stimuli: [one.stimuli[0], one.stimuli[0]] })),
      })),
    ],
    [
      'of 5 stimuli, not 6',
      withSession(
        ({ trials }) => ({ trials: trials.map((one) => ({ ...one, stimuli: one.stimuli.slice(1) })) }),
        'mushra',
      ),
    ],
    [
      'two answers',
      withSession(({ answers }) => ({ answers: answers.map((one) => ({ ...one, trial: 0 })) })),
    ],
    [
      'a trial that does not exist',
      withSession(({ answers }) => ({ answers: answers.map((one) => ({ ...one, trial: 500 + one.trial })) })),
    ],
    [
      'does not answer the question',
      withSession(({ answers }) => ({ answers: answers.map((one) => ({ ...one, choice: null })) })),
    ],
    [
      'does not answer the question',
      withSession(
        ({ answers }) => ({ answers: answers.map((one) => ({ ...one, ratings: [1, 2] })) }),
        'mushra',
      ),
    ],
    [
      'answers.0.ratings.0',
      withSession(
        ({ answers }) => ({ answers: answers.map((one) => ({ ...one, ratings: [101] })) }),
        'mushra',
      ),
    ],
    ['answers to', withSession(({ answers }) => ({ answers: answers.slice(1) }))],
    ['before the start', withSession(() => ({ finishedAt: '2020-01-01T00:00:00.000Z' }))],
    ['finishedAt', withSession(() => ({ finishedAt: '2020-99-01T00:00:00.000Z' }))],
    ['titles', withSession(() => ({ clipTitles: [] }))],
    [
      'that is not in the plan',
      withSession(({ stimuli }) => ({ stimuli: stimuli.map((one) => ({ ...one, conditionId: 'x' })) })),
    ],
    ['twice', withSession(({ stimuli }) => ({ stimuli: [...stimuli, stimuli[0]] }))],
    [
      'another model',
      withSession(({ stimuli }) => ({
        stimuli: stimuli.map((one) => ({ ...one, making: one.making && { ...one.making, modelId: 'x' } })),
      })),
    ],
    ['made by a network', writeResult(controlSession({ betas: [0.1] }))],
    ['another model', writeResult(controlSession({ modelId: 'wavegrad-small' }))],
    [
      'without its betas',
      withSession(({ stimuli }) => ({
        stimuli: stimuli.map((one) => ({
          ...one,
          making: one.making && { ...one.making, betas: undefined },
        })),
      })),
    ],
    [
      'corrections.count',
      withSession(({ stimuli }) => ({
        stimuli: stimuli.map((one) => ({
          ...one,
          making: one.making && {
            ...one.making,
            corrections: { count: 101, momentum: 0, scope: 'all' as const },
          },
        })),
      })),
    ],
    ['gainDb', withSession(({ stimuli }) => ({ stimuli: stimuli.map((one) => ({ ...one, gainDb: 3 })) }))],
    ['plan.seed', withSession(({ plan }) => ({ plan: { ...plan, seed: -1 } }))],
  ])('that are inconsistent are refused: %s', async (found, text) => {
    expect(await problemOf(await text)).toMatchObject({
      code: 'result-inconsistent',
      found: expect.stringContaining(found),
    })
  })

  it('refuse infinite numbers, which JSON can express', async () => {
    const text = (await writeResult(answeredSession('abx'))).replaceAll(
      '"loudnessLufs": -23,',
      '"loudnessLufs": 1e999,',
    )
    expect(await problemOf(text)).toMatchObject({ found: expect.stringContaining('loudnessLufs') })
  })
})

describe('damaged result files', () => {
  const damage = fc.record({
    at: fc.double({ min: 0, max: 0.999, noNaN: true }),
    cut: fc.integer({ min: 0, max: 40 }),
    put: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('null', '-1', '1e999', '{}', '[]', '"', '0.5', '__proto__'),
    ),
  })

  it('open or are refused with the right problem, and those that open have an outcome', async () => {
    const texts = await Promise.all(testKinds.map((kind) => writeResult(answeredSession(kind))))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), damage, async (text, { at, cut, put }) => {
        const start = Math.floor(at * text.length)
        await opensOrIsRefused(text.slice(0, start) + put + text.slice(start + cut))
      }),
      { numRuns: 300 },
    )
  })

  it('do so too if any value is replaced', async () => {
    const texts = await Promise.all(testKinds.map((kind) => writeResult(answeredSession(kind))))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.nat(),
        fc.jsonValue({ maxDepth: 2 }),
        async (text, where, value) => {
          let count = 0
          const places = text.match(/"\w+":/g)?.length ?? 1
          // The reviver visits every property; one of them gets the value.
          const changed = JSON.parse(text, (key, old) =>
            key !== '' && count++ === where % places ? value : old,
          )
          await opensOrIsRefused(JSON.stringify(changed))
        },
      ),
      { numRuns: 400 },
    )
  })

  async function opensOrIsRefused(text: string): Promise<void> {
    try {
      const { session } = await readResult(text, 'result.json')
      expect(outcomeOf(session).answered).toBe(session.answers.length)
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) throw thrown
      expect(thrown.problem.code).toMatch(/^result-/)
    }
  }
})
