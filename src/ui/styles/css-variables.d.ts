import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties set inline, such as the accent of a system or the height of a plot. */
    [name: `--${string}`]: string | number | undefined
  }
}
