/** The player of the samples, at the bottom of the first view. */
import { PlayerBar } from '../playback/PlayerBar.tsx'
import { useEarlyActions, useEarlyPage } from '../shell/page-context.ts'
import { systemWithSteps } from '../synthesis/system-name.ts'
import { useSampleClock } from './use-sample-clock.ts'

export default function SamplePlayer() {
  const { clip, status, playing, audibleId, durationSeconds } = useEarlyPage(({ samples }) => ({
    clip: samples.clips.find(({ id }) => id === samples.clipId),
    status: samples.status,
    playing: samples.playing,
    audibleId: samples.audibleId,
    durationSeconds: samples.durationSeconds,
  }))
  const { play, pause, select, seek } = useEarlyActions().samples
  if (!clip || status === 'missing') return null
  return (
    <PlayerBar
      label="Player of the samples"
      playing={playing}
      playLabel="Play the samples"
      pauseLabel="Pause the samples"
      choicesLabel="Heard sample"
      choices={clip.samples.map((sample) => ({
        id: sample.file,
        name: systemWithSteps(sample),
        system: sample.system,
      }))}
      audibleId={audibleId}
      durationSeconds={durationSeconds}
      onToggle={() => (playing ? pause() : void play())}
      onSelect={select}
      onSeek={seek}
      useTime={useSampleClock}
    />
  )
}
