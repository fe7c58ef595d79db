/** Which resources may be asked for together with what a search finds: `_include` and `_revinclude`. Pure. */
import type { Resource } from '@medplum/fhirtypes';
import { type FhirRefusal, isServed, type ServedType, servedTypes } from './schema.ts';

type Params = Readonly<Record<string, readonly ServedType[]>>;

const patient = { patient: ['Patient'] } as const;

/** By kind and search parameter of FHIR: the kinds that it may point to. */
const references: Partial<Readonly<Record<ServedType, Params>>> = {
  Patient: { link: ['Patient'], organization: ['Organization'] },
  Appointment: { ...patient, practitioner: ['Practitioner'], location: ['Location'] },
  Consent: { ...patient, 'source-reference': ['DocumentReference'] },
  Condition: patient,
  AllergyIntolerance: patient,
  MedicationStatement: patient,
  QuestionnaireResponse: patient,
  Encounter: { ...patient, participant: ['Practitioner'], location: ['Location'] },
  Procedure: { ...patient, encounter: ['Encounter'], performer: ['Practitioner'], location: ['Location'] },
  Observation: {
    ...patient,
    encounter: ['Encounter'],
    performer: ['Practitioner'],
    'part-of': ['Procedure'],
  },
  DocumentReference: { ...patient, encounter: ['Encounter'] },
  AdverseEvent: patient,
  Provenance: {
    ...patient,
    target: ['Consent', 'DocumentReference', 'QuestionnaireResponse', 'Procedure', 'Encounter'],
    agent: ['Practitioner', 'Patient'],
  },
  AuditEvent: { ...patient, agent: ['Practitioner'] },
};

/** Parameters by which what points to something can be found. */
const reversible = ['patient', 'target'];

/** At most so many resources come along with a page. */
export const includedMost = 2000;

export interface Include {
  /** The kind that holds the reference. */
  readonly type: ServedType;
  readonly param: string;
  readonly targets: readonly ServedType[];
}

export interface Includes {
  readonly forward: readonly Include[];
  readonly reverse: readonly Include[];
}

/** `Appointment:patient` and the like, that `_include` takes in a search of this kind. */
export function includesOf(type: ServedType): readonly string[] {
  return Object.keys(references[type] ?? {}).map((param) => `${type}:${param}`);
}

/** What `_revinclude` takes in a search of this kind. */
export function revIncludesOf(type: ServedType): readonly string[] {
  return servedTypes.flatMap((from) =>
    Object.entries(references[from] ?? {})
      .filter(([param, targets]) => reversible.includes(param) && from !== type && targets.includes(type))
      .map(([param]) => `${from}:${param}`),
  );
}

/** Reads one value of `_include` or `_revinclude`: a kind, a parameter, and if one likes the kind it points to. */
export function readInclude(
  way: '_include' | '_revinclude',
  value: string,
  type: ServedType,
): Include | FhirRefusal {
  const [from = '', param = '', target, ...more] = value.split(':');
  const served = way === '_include' ? includesOf(type) : revIncludesOf(type);
  const targets = isServed(from) ? (references[from]?.[param] ?? []) : [];
  const wanted = target === undefined ? targets : targets.filter((one) => one === target);
  if (!isServed(from) || !served.includes(`${from}:${param}`) || wanted.length === 0 || more.length > 0)
    return {
      ok: false,
      status: 400,
      code: 'not-supported',
      message: `${way}=${value.slice(0, 80)} is not served for ${type}; the CapabilityStatement lists what is.`,
    };
  return { type: from, param, targets: way === '_include' ? wanted : wanted.filter((one) => one === type) };
}

/** What the resources point to by these parameters and is not among them, by kind. */
export function pointedTo(
  resources: readonly Resource[],
  includes: readonly Include[],
): ReadonlyMap<ServedType, readonly string[]> {
  const wanted = new Set(includes.flatMap(({ targets }) => targets));
  const there = new Set(resources.map(({ resourceType, id }) => `${resourceType}/${id}`));
  const found = new Map<ServedType, Set<string>>();
  for (const one of resources) {
    const fields = fieldsOf(one, includes);
    for (const [, type = '', id = ''] of JSON.stringify(fields).matchAll(/"reference":"(\w+)\/([^"]+)"/g)) {
      if (!isServed(type) || !wanted.has(type) || there.has(`${type}/${id}`)) continue;
      found.set(type, (found.get(type) ?? new Set()).add(id));
    }
  }
  return new Map([...found].map(([type, ids]) => [type, [...ids]]));
}

/** Elements a parameter looks at, where the kinds it points to do not say enough. */
const elements: Readonly<Record<string, readonly string[]>> = {
  'Provenance:target': ['target'],
  'Provenance:agent': ['agent'],
  'Provenance:patient': ['target', 'agent'],
  'Patient:link': ['link'],
  'Observation:performer': ['performer'],
};

function fieldsOf(one: Resource, includes: readonly Include[]): unknown {
  const asked = includes.filter(({ type }) => type === one.resourceType);
  const named = asked.map(({ type, param }) => elements[`${type}:${param}`] ?? Object.keys(one));
  const fields = new Set(named.flat());
  return Object.fromEntries(Object.entries(one).filter(([field]) => fields.has(field)));
}
