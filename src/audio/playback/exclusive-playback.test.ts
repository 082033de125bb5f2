import { expect, test } from 'vitest'
import { playOneAtATime } from './exclusive-playback.ts'
import type { PlayerState } from './player.ts'

function player() {
  let tell: (state: PlayerState) => void = () => {}
  const one = {
    playing: false,
    onChange(listener: (state: PlayerState) => void) {
      tell = listener
      return () => {}
    },
    pause: () => one.change(false),
    change(playing: boolean) {
      one.playing = playing
      tell({ playing, durationSeconds: 1 })
    },
  }
  return one
}

test('when a player starts, the others pause; a later state change of it does not pause them again', () => {
  const [first, second, third] = [player(), player(), player()]
  playOneAtATime([first, second, third])
  first.change(true)
  second.change(true)
  expect([first.playing, second.playing, third.playing]).toEqual([false, true, false])
  second.change(true)
  third.change(true)
  expect([first.playing, second.playing, third.playing]).toEqual([false, false, true])
})
