/** Positions and labels of the ticks of an axis. */

/** Numbers that differ by less than this, relative to their magnitude, are equal up to rounding errors. */
const minSpan = 1e-9

/** Returns ticks with a spacing of 1, 2 or 5 times a power of ten: `from` <= tick <= `to`, at most `max` of them. */
export function roundTicks(from: number, to: number, max: number): readonly number[] {
  const span = to - from
  if (!(span > minSpan * Math.max(Math.abs(from), Math.abs(to))) || !Number.isFinite(span) || max < 1)
    return []
  const power = 10 ** Math.floor(Math.log10(span / max))
  const step = [1, 2, 5, 10, 20].map((factor) => factor * power).find((size) => span / size <= max)
  if (!step) return []
  const ticks: number[] = []
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)))
  }
  return ticks
}

/** Returns 1, 2 and 5 times the powers of ten from `from` to `to`, both above 0, for a logarithmic axis. */
export function decadeTicks(from: number, to: number): readonly number[] {
  if (!(from > 0) || !Number.isFinite(to)) return []
  const ticks: number[] = []
  for (let exponent = Math.floor(Math.log10(from)); 10 ** exponent <= to; exponent++) {
    for (const factor of [1, 2, 5]) {
      const tick = Number((factor * 10 ** exponent).toPrecision(12))
      if (tick >= from && tick <= to) ticks.push(tick)
    }
  }
  return ticks
}

/** Minimum spread of an axis relative to its values, so that mere rounding differences are not drawn as peaks. */
const minSpread = 0.02

/**
 * Returns the range of an axis for values from `low` to `high`, with some padding below and above; null means that
 * there are no values. A logarithmic axis cannot show values of 0 or less.
 */
export function paddedRange(
  low: number | null,
  high: number | null,
  logarithmic: boolean,
): [from: number, to: number] {
  if (low === null || high === null || (logarithmic && !(low > 0))) return [logarithmic ? 0.1 : 0, 1]
  if (logarithmic) return [low / 1.08, high * 1.08]
  const air = 0.08 * Math.max(high - low, minSpread * Math.abs(high)) || 0.08
  return [low - air, high + air]
}

const melTickHz = [125, 250, 500, 1000, 2000, 4000, 8000, 16000]

/** Returns the octaves within the range, which are the customary labels of a mel axis. */
export function octaveTicks(lowHz: number, highHz: number): readonly number[] {
  return melTickHz.filter((hz) => hz >= lowHz && hz <= highHz)
}

/** Returns, for example, "500", "1k" or "2.5k". */
export function formatHz(hz: number): string {
  return hz < 1000 ? String(Math.round(hz)) : `${Number((hz / 1000).toFixed(1))}k`
}

/** Returns the number of decimals that distinguish ticks of this spacing. */
export function tickDecimals(ticks: readonly number[]): number {
  return ticks.length < 2 ? 0 : Math.max(0, -Math.floor(Math.log10(ticks[1] - ticks[0]) + 1e-9))
}

/** Returns "1:07.25" from one minute on and "7.25" below it, with the given number of decimals. */
export function formatSeconds(seconds: number, decimals = 2): string {
  if (seconds < 59.995) return seconds.toFixed(decimals)
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${(seconds - minutes * 60).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, '0')}`
}
