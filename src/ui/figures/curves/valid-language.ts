/**
 * Gives the page a valid language where the browser's own is not valid, as that of WebKitGTK in the locale "C". uPlot
 * asks for a number format in the browser's language while it loads, and would fail; so import this before it.
 */
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true })
}

export {}
