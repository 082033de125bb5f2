/** A button that shows an icon alone. */
import type { ComponentProps } from 'react'
import { Icon } from '../icons.tsx'

type Props = Omit<ComponentProps<'button'>, 'type' | 'className' | 'children'> & {
  readonly icon: ComponentProps<typeof Icon>['name']
  /** The accessible name. */
  readonly label: string
  /** Whether it has no frame. */
  readonly quiet?: boolean
}

export function IconButton({ icon, label, quiet, ...others }: Props) {
  return (
    <button
      {...others}
      type="button"
      className={quiet ? 'button quiet icon' : 'button icon'}
      aria-label={label}
    >
      <Icon name={icon} />
    </button>
  )
}
