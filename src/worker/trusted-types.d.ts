/** The part of Trusted Types that this page uses, which TypeScript's DOM library lacks. */
declare var trustedTypes:
  | {
      /** The policy named “default”, if there is one. */
      readonly defaultPolicy: unknown
      createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown
    }
  | undefined
