import type { Names } from './names.ts';
import type { OcfPackage } from './objects.ts';
import type { Said } from './said.ts';

/** Describes the issuer and everybody who ever held something of it. */
export function parties({ manifest, stakeholders }: OcfPackage, names: Names): Said[] {
  const { legal_name: name, dba, formation_date, country_of_formation: country } = manifest.issuer;
  const effectiveOn = formation_date ?? '0001-01-01';
  return [
    {
      id: 'issuer',
      type: 'party-described',
      data: {
        party: names.company,
        name,
        ...(dba === undefined ? {} : { aliases: [dba] }),
        roles: ['company'],
        ...(formation_date === undefined ? {} : { foundedOn: formation_date }),
        ...(country === undefined ? {} : { country }),
        effectiveOn,
      },
    },
    ...stakeholders.map(({ id, name: { legal_name }, stakeholder_type }): Said => ({
      id: `stakeholder/${id}`,
      type: 'party-described',
      data: {
        party: names.holder(id),
        name: legal_name,
        ...(stakeholder_type === 'INDIVIDUAL' ? { roles: ['person'] } : {}),
        effectiveOn,
      },
    })),
  ];
}
