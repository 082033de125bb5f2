// Medians and rounding.

export const median = (/** @type {number[]} */ values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

export const rounded = (/** @type {number} */ value) => Math.round(value * 1000) / 1000
