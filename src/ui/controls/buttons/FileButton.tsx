/**
 * A file field that looks like a button. The native field covers the button, so that it receives the pointer, the focus
 * and drops.
 */
import { Icon } from '../icons.tsx'

type Props = {
  readonly text: string
  /** Accessible name, if it should say more than the text. */
  readonly label?: string
  readonly accept?: string
  readonly multiple?: boolean
  readonly onFiles: (files: readonly File[]) => void
}

export function FileButton({ text, label = text, accept, multiple = false, onFiles }: Props) {
  return (
    <label className="button covered">
      <Icon name="file" />
      <span aria-hidden="true">{text}</span>
      <input
        type="file"
        multiple={multiple}
        accept={accept}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])]
          // The value is cleared so that the same file can be chosen again after a change.
          currentTarget.value = ''
          onFiles(files)
        }}
      />
    </label>
  )
}
