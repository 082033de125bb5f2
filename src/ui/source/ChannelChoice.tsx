/** Chooses the channel of an audio file whose channels differ so much that the automatic choice may be wrong. */
import { useActions, usePage } from '../shell/page-context.ts'

export function ChannelChoice() {
  const channels = usePage((state) => state.source.current?.channels)
  const { chooseChannel } = useActions().source
  if (!channels?.differ) return null
  const chosen = channels.used.length === 1 ? String(channels.used[0]) : ''
  return (
    <label className="small">
      Channel{' '}
      <select
        value={chosen}
        onChange={({ target }) => void chooseChannel(target.value === '' ? undefined : Number(target.value))}
      >
        <option value="">Automatic</option>
        {Array.from({ length: channels.count }, (_, channel) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the channel
          <option key={channel} value={channel}>
            {channel + 1} of {channels.count}
          </option>
        ))}
      </select>
    </label>
  )
}
