/** What scripts/assembly-plugin.mjs makes of AssemblyScript: the module in base64, for memory of its own and for shared memory. */
declare module '*?assembly' {
  const binary: { readonly own: string; readonly shared: string }
  export default binary
}
