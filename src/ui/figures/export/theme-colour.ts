/** Resolves a colour of the theme to one that other programs read, in the theme that is in use. */
export function themeColour(name: `--${string}`): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${name})`
  document.body.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}
