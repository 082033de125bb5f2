/** A dialog that lists all keyboard shortcuts of the page. The browser restores the focus when it closes. */
import { useEffect, useRef } from 'react'
import { Icon } from '../controls/icons.tsx'
import styles from './KeysDialog.module.css'

type Key = { readonly keys: readonly string[]; readonly does: string }

const groups: readonly { readonly heading: string; readonly keys: readonly Key[] }[] = [
  {
    heading: 'Takes',
    keys: [
      { keys: ['Space'], does: 'Start or pause the clock' },
      { keys: ['Enter'], does: 'Start at the loop, or at the beginning' },
      { keys: ['1', '…', '9'], does: 'Switch to that take' },
      { keys: ['X'], does: 'Back to the take heard before, and back again' },
      { keys: ['←', '→'], does: 'A second back or on; with Shift, five' },
      { keys: ['L'], does: 'Loop off and on' },
      { keys: ['?'], does: 'These keys' },
    ],
  },
  {
    heading: 'In a picture that has the focus',
    keys: [
      { keys: ['←', '→', '↑', '↓'], does: 'Move the crosshair; with Shift, by ten' },
      { keys: ['Home', 'End'], does: 'To the first or the last frame' },
      { keys: ['+', '−', '0'], does: 'Zoom in, zoom out, show the whole' },
      { keys: ['Esc'], does: 'Put the crosshair away' },
    ],
  },
]

const pointer =
  'With the pointer: Ctrl and the wheel zoom, Shift and the wheel move along; a click goes there, a drag loops.'

export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) ref.current?.showModal()
    else ref.current?.close()
  }, [open])
  return (
    <dialog ref={ref} className={styles.dialog} aria-labelledby="keys-heading" onClose={onClose}>
      <header className={styles.header}>
        <h2 id="keys-heading">Keys</h2>
        <button type="button" className="button quiet icon" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
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
