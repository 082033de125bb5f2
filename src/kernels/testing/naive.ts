/** The operations as slow float64 loops that follow their definitions. Arrays are [batch][time][channels]. */

export type Signal = readonly (readonly (readonly number[])[])[]

export function naiveConv1d(
  x: Signal,
  filter: Signal,
  bias: readonly number[],
  options: { readonly dilation: number; readonly slope?: number; readonly residual?: Signal },
): number[][][] {
  const { dilation, slope = 1, residual } = options
  const half = (filter.length - 1) / 2
  return x.map((item, b) =>
    item.map((_, t) =>
      bias.map((start, o) => {
        let sum = start
        for (const [k, tap] of filter.entries())
          for (const [i, weights] of tap.entries())
            sum += (item[t + dilation * (k - half)]?.[i] ?? 0) * weights[o]
        const activated = sum > 0 ? sum : slope * sum
        if (!residual) return activated
        return activated + residual[b][Math.floor((t * residual[b].length) / item.length)][o]
      }),
    ),
  )
}

/** filter [taps][channels]. */
export function naiveDepthwise(
  x: Signal,
  filter: readonly (readonly number[])[],
  bias: readonly number[],
): number[][][] {
  const half = (filter.length - 1) / 2
  return x.map((item) =>
    item.map((_, t) =>
      bias.map((start, c) =>
        filter.reduce((sum, tap, k) => sum + (item[t + k - half]?.[c] ?? 0) * tap[c], start),
      ),
    ),
  )
}

export function naiveNormalise(x: Signal): number[][][] {
  return x.map((item) =>
    item.map((channels) => {
      const mean = channels.reduce((sum, value) => sum + value) / channels.length
      const variance = channels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channels.length
      return channels.map((value) => (value - mean) / Math.sqrt(variance + 1e-5))
    }),
  )
}
