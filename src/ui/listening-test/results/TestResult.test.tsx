import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { TestSession } from '../../../listening/test-session.ts'
import { answeredSession, planOf, sessionOf } from '../../../listening/testing/sessions.ts'
import { TestResult } from './TestResult.tsx'

/** Returns what a screen reader would read: the text and the labels, without tags. */
function shown(sessions: readonly TestSession[]): string {
  const html = renderToStaticMarkup(<TestResult sessions={sessions} />)
  return html
    .replaceAll(/aria-label="([^"]*)"[^>]*>/g, '>[$1] ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

function unfinished(session: TestSession, answers: number): TestSession {
  const { finishedAt: _, ...rest } = session
  return { ...rest, answers: rest.answers.slice(0, answers) }
}

describe('TestResult', () => {
  it('shows the chance level, the power and every trial with its truth of an ABX test', () => {
    const plan = planOf('abx', { trials: 16 })
    const text = shown([
      sessionOf(plan, ({ x }, _, index) => ({ choice: index < 4 ? (x === 0 ? 1 : 0) : x })),
    ])
    expect(text).toContain('12 of 16 right: someone guessing would do this well 3.8 % of the time.')
    expect(text).toContain('95 % interval 48 % to 93 %')
    expect(text).toContain('You need 12 of 16 right')
    expect(text).toMatch(/trial 1: X was [AB], wrong/)
    expect(text).toMatch(/trial 16: X was [AB], right/)
    expect(text).not.toContain('proves less')
  })

  it('claims nothing for a score that chance explains', () => {
    const text = shown([sessionOf(planOf('abx', { trials: 8 }), () => ({ choice: 0 }))])
    expect(text).toContain('4 of 8 right: someone guessing would do this well 64 % of the time.')
    expect(text).toContain('Inconclusive: no evidence that you can tell them apart.')
  })

  it('warns of a test that was cut short, and shows one without answers', () => {
    const session = answeredSession('abx')
    expect(shown([unfinished(session, 6)])).toContain('6 of 10 trials were answered. A test that ends before')
    for (const kind of ['abx', 'preference', 'cmos', 'mushra'] as const) {
      expect(shown([unfinished(answeredSession(kind), 0)])).not.toMatch(/NaN|undefined|Infinity/)
    }
  })

  it('names the preferred condition, whichever was played first', () => {
    const session = sessionOf(planOf('preference', { trials: 2 }), (_, ids) => ({
      choice: ids.includes('i2') ? (ids.indexOf('i2') as 0 | 1) : null,
    }))
    const text = shown([session])
    expect(text).toContain('InferGrad, 2 steps was preferred 6 times, WaveGrad, 6 steps 0 times.')
    expect(text).toContain('WaveGrad, 6 steps or Griffin-Lim: neither was preferred in 6 trials.')
  })

  it('states how much better one is, in the order of the plan', () => {
    const worth: Readonly<Record<string, number>> = { w6: 0, i2: 1, gl: -2 }
    const text = shown([
      sessionOf(planOf('cmos', { trials: 2 }), (_, [a, b]) => ({ comparison: worth[b] - worth[a] })),
    ])
    expect(text).toContain(
      'InferGrad, 2 steps is 1.00 better than WaveGrad, 6 steps (95 % interval 1.00 to 1.00, 6 answers, p = 0.031).',
    )
    expect(text).toContain('InferGrad, 2 steps is 3.00 better than Griffin-Lim')
  })

  it('shows the ratings of all conditions, and the result of post-screening', () => {
    const rated = (reference: number) =>
      sessionOf(planOf('mushra', { trials: 1 }), (_, ids) => ({
        ratings: ids.map((id) => (id === 'reference' ? reference : 50)),
      }))
    const good = shown([rated(100)])
    expect(good).toContain('Hidden reference: mean 100 (95 % interval 100 to 100), median 100')
    expect(good).toContain('Anchor, 3.5 kHz: mean 50')
    expect(good).toContain('no result is excluded')
    expect(shown([rated(60)])).toContain(
      'The listener rated the hidden reference below 90 in 3 of 3 trials, more than 15 %',
    )
    const pooled = shown([rated(100), rated(60)])
    expect(pooled).toContain('Listener 2 rated the hidden reference below 90')
    expect(pooled).toContain('and so do these figures')
    expect(pooled).toContain('2 listeners together')
  })
})
