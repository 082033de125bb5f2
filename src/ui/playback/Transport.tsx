/** The player of the takes, and the keys that control it in every view that shows it. */
import { useCallback, useState } from 'react'
import { axisSecondsOf, cardChoice, cardsOf, takeNames } from '../../store/takes/takes.ts'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { useClock } from '../figures/use-clock.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { PlayerBar } from './PlayerBar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

export default function Transport() {
  const choice = usePage(cardChoice)
  const { source, playing, audibleId } = usePage((state) => ({
    source: state.source.current,
    playing: state.playback.playing,
    audibleId: state.playback.audibleId,
  }))
  const { play, pause, select, seek } = useActions().playback
  const [helps, setHelps] = useState(false)
  const [hasKeys, setHasKeys] = useShortcuts(useCallback(() => setHelps(true), []))
  const { takes } = choice
  if (takes.length === 0) return null
  const names = takeNames(takes)
  const choices = cardsOf(choice).flatMap(({ system, take }, index) =>
    take
      ? [{ id: take.id, name: names.get(take.id) ?? '', system, ...(index < 9 && { digit: index + 1 }) }]
      : [],
  )
  return (
    <PlayerBar
      label="Transport"
      playing={playing}
      playLabel="Start the clock"
      pauseLabel="Pause all takes"
      choicesLabel="Heard take"
      choices={choices}
      audibleId={audibleId}
      durationSeconds={axisSecondsOf({ source, takes })}
      onToggle={() => (playing ? pause() : void play())}
      onSelect={select}
      onSeek={seek}
      useTime={useClock}
    >
      <IconButton quiet icon="keys" label="All keys" title="All keys (?)" onClick={() => setHelps(true)} />
      <KeysDialog open={helps} onClose={() => setHelps(false)} hasKeys={hasKeys} onKeys={setHasKeys} />
    </PlayerBar>
  )
}
