/** All players of the page. One of them plays at a time, and none but its own during a listening test. */
import type { TakePlayer } from '../audio/playback/player.ts'
import type { StreamPlayer } from '../audio/playback/stream-player.ts'
import type { Services } from './services.ts'

export function playersOf(services: Services): readonly (TakePlayer | StreamPlayer)[] {
  return [
    services.player,
    services.snapshotPlayer,
    services.testPlayer,
    services.denoisingPlayer,
    services.readingPlayer,
    services.batchPlayer,
    services.comparisonPlayer,
    services.samplePlayer,
    services.streamPlayer,
  ]
}
