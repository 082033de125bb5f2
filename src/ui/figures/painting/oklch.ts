/** Colours by lightness, chroma and hue in OKLab (Ottosson 2020), reduced to the sRGB gamut. */

/** Channels are 0..255, or 0..1 if they are linear. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Converts OKLCh to linear sRGB. Channels fall outside 0..1 if the colour is out of gamut. */
function linearSrgb(lightness: number, chroma: number, hueDegrees: number): Rgb {
  const hue = (hueDegrees * Math.PI) / 180
  const a = chroma * Math.cos(hue)
  const b = chroma * Math.sin(hue)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

/** Returns the largest chroma up to `chroma` that sRGB can show at this lightness and hue, by bisection. */
function inGamut(lightness: number, hueDegrees: number, chroma: number): Rgb {
  const fits = (rgb: Rgb) => rgb.every((channel) => channel >= -1e-6 && channel <= 1 + 1e-6)
  const wanted = linearSrgb(lightness, chroma, hueDegrees)
  if (fits(wanted)) return wanted
  let low = 0
  let high = chroma
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2
    if (fits(linearSrgb(lightness, middle, hueDegrees))) low = middle
    else high = middle
  }
  return linearSrgb(lightness, low, hueDegrees)
}

function encodeChannel(linear: number): number {
  const clipped = Math.min(1, Math.max(0, linear))
  const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055
  return Math.round(encoded * 255)
}

/**
 * Returns the colour of this lightness (0..1) and hue with as much of the chroma as sRGB allows; channels are 0..255.
 */
export function srgbOf(lightness: number, hueDegrees: number, chroma: number): Rgb {
  const [red, green, blue] = inGamut(lightness, hueDegrees, chroma)
  return [encodeChannel(red), encodeChannel(green), encodeChannel(blue)]
}
