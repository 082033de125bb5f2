/**
 * Resolves a colour of the theme, in the theme that is in use, to one that canvases and other programs read: the custom
 * property itself may hold `light-dark()`.
 */
export function themeColour(name: `--${string}`): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
