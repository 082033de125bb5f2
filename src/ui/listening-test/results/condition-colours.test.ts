import { describe, expect, it } from 'vitest'
import { conditionColour, pairColours } from './condition-colours.ts'

describe('conditionColour', () => {
  const model = { id: 'm', label: 'A model', kind: 'model', schedule: '2', seed: 1 } as const

  it.each([
    ['infergrad-small', 'var(--infergrad)'],
    ['wavegrad-small', 'var(--wavegrad)'],
    ['my-voice', 'var(--tuned)'],
  ])('draws the model %s in %s', (modelId, colour) => {
    expect(conditionColour({ ...model, modelId }, [])).toBe(colour)
  })

  it('recognises the system of a take by its name, and otherwise uses ink', () => {
    const take = { id: 't', kind: 'take', takeId: 'take-1' } as const
    expect(conditionColour({ ...take, label: 'Griffin-Lim' }, [])).toBe('var(--griffin-lim)')
    expect(conditionColour({ ...take, label: 'speech.wav' }, [])).toBe('var(--ink)')
  })

  it('distinguishes two settings of one system', () => {
    const [first, second] = pairColours('var(--infergrad)', 'var(--infergrad)')
    expect(first).not.toBe(second)
    expect(pairColours('var(--infergrad)', 'var(--wavegrad)')[1]).toBe('var(--wavegrad)')
  })
})
