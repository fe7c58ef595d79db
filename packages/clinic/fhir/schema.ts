import type { Bundle, CapabilityStatement, Resource, OperationOutcome } from '@medplum/fhirtypes';
export type { Bundle, CapabilityStatement, Resource, OperationOutcome };
