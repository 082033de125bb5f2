/** A dialog that lists all keyboard shortcuts of the page. The browser restores the focus when it closes. */
import { useEffect, useRef } from 'react'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import styles from './KeysDialog.module.css'

type Key = { readonly keys: readonly string[]; readonly does: string }

const groups: readonly { readonly heading: string; readonly keys: readonly Key[] }[] = [
  {
    heading: 'Takes',
    keys: [
      { keys: ['Space'], does: 'Play or pause' },
      { keys: ['Enter'], does: 'Play from the start of the loop, or from the beginning' },
      { keys: ['1', '…', '9'], does: 'Switch to that take without losing your place' },
      { keys: ['X'], does: 'Switch back to the previous take' },
      { keys: ['←', '→'], does: 'Move by 1 second; with Shift, by 5' },
      { keys: ['L'], does: 'Turn the loop on or off' },
      { keys: ['?'], does: 'Show these keys' },
    ],
  },
  {
    heading: 'In a focused picture',
    keys: [
      { keys: ['←', '→', '↑', '↓'], does: 'Move the crosshair; with Shift, by ten' },
      { keys: ['Home', 'End'], does: 'Move to the first or last frame' },
      { keys: ['+', '−', '0'], does: 'Zoom in, zoom out, fit' },
      { keys: ['Esc'], does: 'Hide the crosshair' },
    ],
  },
]

const pointer =
  'With a mouse: Ctrl and the wheel zoom, Shift and the wheel scroll, a click moves the playhead, a drag loops a time range.'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  /** Whether single keys act; WCAG 2.1.4 requires that they can be turned off. */
  readonly hasKeys: boolean
  readonly onKeys: (on: boolean) => void
}

export function KeysDialog({ open, onClose, hasKeys, onKeys }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) ref.current?.showModal()
    else ref.current?.close()
  }, [open])
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby="keys-heading" onClose={onClose}>
      <header className={styles.header}>
        <h2 id="keys-heading">Keys</h2>
        <IconButton quiet icon="close" label="Close" onClick={onClose} />
      </header>
      <label className="switch">
        <input type="checkbox" checked={hasKeys} onChange={({ target }) => onKeys(target.checked)} />
        Single keys control the takes
      </label>
      {groups.map(({ heading, keys }) => (
        <div key={heading}>
          <h3 className={styles.heading}>{heading}</h3>
          <dl className={styles.keys}>
            {keys.map(({ keys: names, does }) => (
              <div key={does}>
                <dt>
                  {names.map((name) => (
                    <kbd key={name}>{name}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      <p className="small soft">{pointer}</p>
    </dialog>
  )
}
