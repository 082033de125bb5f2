/**
 * Gives the page a language that Intl knows where the browser reports none, as WebKitGTK does in the locale "C". uPlot
 * asks for a number format in the browser's language while it loads, and would fail; so import this before it.
 */
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true })
}

export {}
