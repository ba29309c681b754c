import { copyRows, copyText } from '#libs/read-models';
import { linksBorneBy, partsOf } from './links.ts';
import type { Asked, Batch } from './project-subjects.ts';

/** Writes which entries bear which links. */
export async function writeMentions({ client, schema, entries }: Batch): Promise<void> {
  const lines = entries.flatMap((entry) =>
    [...new Set(linksBorneBy(entry))].map((link) => copyText([link, entry.position])),
  );
  await copyRows(client, `${schema}.mention (link, position)`, lines);
}

/** Writes who asks for links that do not lead to them otherwise, and until when for rates. */
export async function writeAsked(
  { client, schema }: Batch,
  asked: readonly Asked[],
): Promise<void> {
  const rows = asked.flatMap(rowsOf);
  if (rows.length === 0) return;
  await client.query({
    name: `asked-${schema}`,
    text: `
      INSERT INTO ${schema}.company_link AS known (link, company, last_on)
      SELECT link, company, last_on
      FROM unnest($1::text[], $2::text[], $3::date[]) AS asked (link, company, last_on)
      ON CONFLICT (link, company) DO UPDATE SET last_on = excluded.last_on
      WHERE known.last_on < excluded.last_on`,
    values: [
      rows.map(({ link }) => link),
      rows.map(({ company }) => company),
      rows.map(({ until }) => until),
    ],
  });
}

/** Before every day there is: nothing to convert so far. */
const NEVER = '0001-01-01';

function rowsOf({ subject, links, rates }: Asked) {
  if (subject.kind === 'rate') return [];
  const company = subject.name;
  return [
    ...links
      .filter((link) => isFromElsewhere(link, company))
      .map((link) => ({ link, until: null })),
    ...[...rates.pairs].map((link) => ({ link, until: rates.until ?? NEVER })),
  ].map((row) => ({ ...row, company }));
}

/** Routing finds rivals, removers and a company's own entries without it. */
function isFromElsewhere(link: string, company: string): boolean {
  const [kind, name] = partsOf(link);
  switch (kind) {
    case 'company':
    case 'same-as':
    case 'joined-to':
      return name !== company;
    default:
      return false;
  }
}
