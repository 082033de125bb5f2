/** A module that scripts/assembly-plugin.mjs compiled, in base64: for its own memory and for shared memory. */
declare module '*?assembly' {
  const binary: { readonly own: string; readonly shared: string }
  export default binary
}
