/** A button that shows and hides the content below it. */
import { type ReactNode, useId, useState } from 'react'
import styles from './Disclosure.module.css'
import { Icon } from './icons.tsx'

type Props = { readonly label: string; readonly children: ReactNode; readonly startsOpen?: boolean }

export function Disclosure({ label, children, startsOpen = false }: Props) {
  const [open, setOpen] = useState(startsOpen)
  const id = useId()
  return (
    <div>
      <button
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Icon name="chevron" />
        {label}
      </button>
      <div id={id} hidden={!open} className={styles.content}>
        {open && children}
      </div>
    </div>
  )
}
