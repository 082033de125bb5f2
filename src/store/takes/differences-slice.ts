/**
 * The difference of one take from another, or from the mel. It is recomputed when either changes; if two computations
 * overlap, the later one counts.
 */
import type { Difference } from '../../analysis/analysis.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { differencePair, takeOf } from './difference-pair.ts'
import type {
  DifferencePair,
  DifferencesActions,
  DifferencesState,
  ShownDifference,
  Subject,
} from './differences-state.ts'

/** A lower peak is silent: even 24 bits cannot represent it. */
const silentPeak = 2 ** -23

const isSilent = (samples: Float32Array) => samples.every((value) => Math.abs(value) < silentPeak)

export function createDifferencesSlice({
  get,
  set,
  actions,
  services: { analysis, clips, signals },
}: SliceContext<'differences'>): Slice<DifferencesState, DifferencesActions> {
  let generation = 0

  function show(shown: ShownDifference | undefined): void {
    const before = get().differences.shown
    set({ shown })
    if (before && before.signalId !== shown?.signalId) signals.remove(before.signalId)
  }

  async function compute({
    of,
    from,
  }: DifferencePair): Promise<[Difference, Omit<ShownDifference, 'signalId'>]> {
    const takes = get().takes.all
    const source = get().source.current
    const [take, other] = [takeOf(takes, of), takeOf(takes, from)]
    if (!take || !source) throw new Error('a difference needs a take')
    const audio = clips.get(take.id)
    const silent: Subject[] = isSilent(audio.samples) ? [of] : []
    if (!other) {
      const mel = signals.mel(source.melId)
      if (!mel) throw new Error('the mel is gone')
      const found = await analysis.melDifference({ mel, convention: source.convention, audio })
      return [found, { of, from, takeIds: [take.id], ...figuresOf(found), silent }]
    }
    const reference = clips.get(other.id)
    if (isSilent(reference.samples)) silent.push(from)
    const found = await analysis.difference({ of: audio, from: reference })
    const rates = [audio.sampleRateHz, reference.sampleRateHz] as const
    return [
      found,
      {
        of,
        from,
        takeIds: [take.id, other.id],
        ...figuresOf(found),
        ...(rates[0] !== rates[1] && { ratesHz: rates }),
        silent,
      },
    ]
  }

  return {
    state: { chosen: {} },
    actions: {
      choose: (change) => set(({ chosen }) => ({ chosen: { ...chosen, ...change } })),
      async refresh() {
        const takes = get().takes.all
        const { chosen, shown: before } = get().differences
        const pair = differencePair(takes, chosen)
        const own = ++generation
        if (!pair) {
          show(undefined)
          return
        }
        const ids = [pair.of, pair.from].map((subject) => takeOf(takes, subject)?.id)
        const isShown =
          before?.of === pair.of &&
          before.from === pair.from &&
          before.takeIds[0] === ids[0] &&
          before.takeIds[1] === ids[1]
        if (isShown) return
        try {
          const [found, shown] = await compute(pair)
          if (own === generation) show({ ...shown, signalId: signals.addDifference(found) })
        } catch (thrown) {
          if (own !== generation) return
          show(undefined)
          actions.problems.report(thrown)
        }
      },
    },
  }
}

function figuresOf({ unit, total, uncomparedSeconds }: Difference) {
  return { unit, total, uncomparedSeconds }
}
