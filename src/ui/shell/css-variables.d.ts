import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties set inline: the accent of a system, the height of a plot. */
    [name: `--${string}`]: string | number | undefined
  }
}
