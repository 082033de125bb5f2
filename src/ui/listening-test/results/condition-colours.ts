/** Which of the page's accents a condition is drawn in: that of the system that made it, where that can be told. */
import type { Condition } from '../../../listening/plans/test-plan.ts'
import type { Stimulus } from '../../../listening/test-session.ts'
import { systemNames, systems } from '../../../store/synthesis/systems.ts'

/** A colour as CSS writes it. */
export function conditionColour(condition: Condition, stimuli: readonly Stimulus[]): string {
  switch (condition.kind) {
    case 'no-network':
    case 'griffin-lim':
    case 'recording':
      return `var(--${condition.kind})`
    case 'low-pass':
      return 'var(--ink-soft)'
    case 'model':
      return modelColour(condition.modelId)
    case 'take': {
      const making = stimuli.find(({ conditionId }) => conditionId === condition.id)?.making
      const named = systems.find((system) => condition.label.startsWith(systemNames[system]))
      if (named) return `var(--${named})`
      return making ? modelColour(making.modelId) : 'var(--ink)'
    }
    default:
      return condition satisfies never
  }
}

/** Bundled models are called after what they are; any other is one of the reader's own. */
function modelColour(modelId: string): string {
  if (modelId.startsWith('infergrad')) return 'var(--infergrad)'
  return modelId.startsWith('wavegrad') ? 'var(--wavegrad)' : 'var(--tuned)'
}

/** Two colours that differ: of one system at two settings, the second is paler. */
export function pairColours(first: string, second: string): readonly [first: string, second: string] {
  return [first, first === second ? `color-mix(in oklab, ${second} 45%, var(--surface))` : second]
}
