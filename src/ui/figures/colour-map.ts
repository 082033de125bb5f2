/**
 * The colour map of every spectrogram: dark violet through crimson and orange to pale yellow. Made in OKLab (Ottosson 2020)
 * with lightness linear in the value and hue turning at a constant rate, so that equal differences of level look equally
 * large and the map reads the same in grey.
 */

/** Number of colours; values are quantised to these. */
export const colours = 256

const darkest = 0.13
const lightest = 0.96
const startHueDegrees = 285
const hueTurnDegrees = 170
const mostChroma = 0.19

type Rgb = readonly [red: number, green: number, blue: number]

/** OKLCh to linear sRGB; channels fall outside 0..1 where the colour is out of gamut. */
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

/** The most chroma up to `mostChroma` that sRGB can show at this lightness and hue, by bisection. */
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

/** sRGB of `position` in 0 (lowest) .. 1 (highest), channels 0..255. */
export function colourAt(position: number): Rgb {
  const lightness = darkest + (lightest - darkest) * position
  const chroma = mostChroma * Math.sin(Math.PI * (0.2 + 0.7 * position))
  const [red, green, blue] = inGamut(lightness, startHueDegrees + hueTurnDegrees * position, chroma)
  return [encodeChannel(red), encodeChannel(green), encodeChannel(blue)]
}

let packed: Uint32Array<ArrayBuffer> | undefined

/** The map as little-endian RGBA words, one per colour, for writing into ImageData through a Uint32Array. */
export function packedColours(): Uint32Array<ArrayBuffer> {
  if (!packed) {
    packed = new Uint32Array(colours)
    for (let index = 0; index < colours; index++) {
      const [red, green, blue] = colourAt(index / (colours - 1))
      packed[index] = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
    }
  }
  return packed
}

/** A CSS gradient of the map from left to right, for legends. */
export function colourGradient(direction: 'to right' | 'to top', stops = 16): string {
  const list = Array.from({ length: stops }, (_, index) => `rgb(${colourAt(index / (stops - 1)).join(' ')})`)
  return `linear-gradient(${direction}, ${list.join(', ')})`
}
