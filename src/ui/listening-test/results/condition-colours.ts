/** Chooses the accent colour of a condition: that of the system that made it, if it is known. */
import type { Condition } from '../../../listening/plans/test-plan.ts'
import type { Stimulus } from '../../../listening/test-session.ts'
import { systemNames, systems } from '../../../store/synthesis/systems.ts'

/** Returns a CSS colour. */
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

/** The ids of bundled models begin with the name of their system; any other model is one of the user's own. */
function modelColour(modelId: string): string {
  if (modelId.startsWith('infergrad')) return 'var(--infergrad)'
  return modelId.startsWith('wavegrad') ? 'var(--wavegrad)' : 'var(--tuned)'
}

/** Returns two different colours: if both conditions use the same system, the second colour is paler. */
export function pairColours(first: string, second: string): readonly [first: string, second: string] {
  return [first, first === second ? `color-mix(in oklab, ${second} 45%, var(--surface))` : second]
}
