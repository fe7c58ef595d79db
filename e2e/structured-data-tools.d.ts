/** Two tools that come without types: what the tests call of them. */
declare module '@marbec/web-auto-extractor' {
  export default class WebAutoExtractor {
    constructor(options?: { readonly addLocation?: boolean });
    parse(html: string): object;
  }
}

declare module '@adobe/structured-data-validator' {
  export default class Validator {
    constructor(schemaOrgJson: object);
    validate(
      extracted: object,
    ): Promise<readonly { readonly rootType: string; readonly issueMessage: string }[]>;
  }
}
