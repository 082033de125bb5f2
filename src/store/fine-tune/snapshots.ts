/**
 * Playback of a session's snapshots: the held-out piece at several steps, on a clock of its own. The piece is short, so
 * it loops while the user switches between steps. Loudness is matched as for takes.
 */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { ProblemError } from '../../base/problem.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { Snapshot, SnapshotsActions, SnapshotsState } from './training-state.ts'

/** Sort key that puts the recording first. */
const place = ({ step }: Pick<Snapshot, 'step'>) => step ?? -1

export function createSnapshots({
  get,
  set,
  actions,
  services: { snapshotPlayer, clips, analysis },
}: SliceContext<'training'>): Slice<SnapshotsState, SnapshotsActions> {
  snapshotPlayer.onChange(({ playing, audibleId, problem }) => {
    const interrupted = problem !== undefined && get().training.snapshotsPlaying && !playing
    set({ snapshotsPlaying: playing, audibleSnapshotId: audibleId })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  function handOver(audibleId?: string): void {
    const snapshots = get().training.snapshots
    const known = snapshots.filter(({ loudnessLufs }) => loudnessLufs !== undefined)
    const gains = matchingGainsDb(known.map(({ loudnessLufs = 0 }) => loudnessLufs))
    snapshotPlayer.setTakes(
      snapshots.map((snapshot) => ({
        ...clips.get(snapshot.id),
        id: snapshot.id,
        gainDb: gains[known.indexOf(snapshot)] ?? 0,
      })),
      audibleId ?? get().training.audibleSnapshotId,
    )
    const { durationSeconds } = snapshotPlayer.state
    snapshotPlayer.loopRegion(
      snapshots.length > 0 ? { startSeconds: 0, endSeconds: durationSeconds } : undefined,
    )
  }

  async function measure(id: string): Promise<void> {
    try {
      const { loudnessLufs } = await analysis.measure({ audio: clips.get(id) })
      if (!get().training.snapshots.some((snapshot) => snapshot.id === id)) return
      set(({ snapshots }) => ({
        snapshots: snapshots.map((snapshot) =>
          snapshot.id === id ? { ...snapshot, loudnessLufs } : snapshot,
        ),
      }))
      handOver()
    } catch (thrown) {
      actions.problems.report(thrown)
    }
  }

  return {
    state: { snapshots: [], snapshotsPlaying: false },
    actions: {
      placeSnapshot(snapshot) {
        const { snapshots, audibleSnapshotId } = get().training
        const replaced = snapshots.find((one) => place(one) === place(snapshot))
        const others = snapshots.filter((one) => one !== replaced)
        set({ snapshots: [...others, snapshot].sort((one, other) => place(one) - place(other)) })
        handOver(replaced && replaced.id === audibleSnapshotId ? snapshot.id : audibleSnapshotId)
        if (replaced) clips.remove(replaced.id)
        void measure(snapshot.id)
      },
      clearSnapshots() {
        const snapshots = get().training.snapshots
        set({ snapshots: [] })
        handOver()
        for (const { id } of snapshots) clips.remove(id)
      },
      async playSnapshots(snapshotId) {
        if (snapshotId) snapshotPlayer.select(snapshotId)
        try {
          await snapshotPlayer.play()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      pauseSnapshots: () => snapshotPlayer.pause(),
      selectSnapshot: (snapshotId) => snapshotPlayer.select(snapshotId),
    },
  }
}
