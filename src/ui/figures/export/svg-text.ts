/** Builds SVG as text: elements with escaped attributes and content. */

type Attributes = Readonly<Record<string, string | number>>

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => escapes[sign])
}

/** @param content markup, whose text the caller has escaped. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const list = Object.entries(attributes).map(([key, value]) => {
    const text = typeof value === 'number' ? String(Number(value.toFixed(2))) : escaped(value)
    return ` ${key}="${text}"`
  })
  return `<${name}${list.join('')}>${content}</${name}>`
}

export function label(x: number, y: number, text: string, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text))
}

export const fontSizePixels = 12

/** A whole picture on an opaque background, so that it can be read wherever it is placed. */
export function picture(
  width: number,
  height: number,
  title: string,
  colours: { readonly ink: string; readonly paper: string },
  content: string,
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      'font-family': 'system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
      'font-size': fontSizePixels,
      fill: colours.ink,
      role: 'img',
    },
    element('title', {}, escaped(title)) + element('rect', { width, height, fill: colours.paper }) + content,
  )
}
