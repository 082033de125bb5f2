/** The part of Trusted Types that this page uses, which TypeScript's DOM library lacks. */
declare var trustedTypes:
  | {
      createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown
    }
  | undefined
