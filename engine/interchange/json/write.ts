/** The project document itself as a file: what another installation takes in. */
import type { LeftOut, ProjectDocument } from '../../../contract/project-document.ts';
import type { WriteOptions, Written } from '../writer.ts';

/** Parts that may be left away; project, floors, products and scenarios are always there. */
export const JSON_PARTS = ['conversations', 'files', 'versions'] as const;

export function write(document: ProjectDocument, { parts }: Pick<WriteOptions, 'parts'>): Written {
  const wants = (part: (typeof JSON_PARTS)[number]) => parts.includes(part);
  const not_asked = (what: string, count: number): LeftOut[] =>
    count === 0 ? [] : [{ what, why: 'this part was not asked for', count }];
  const left_out = [
    ...document.left_out,
    ...(wants('conversations') ? [] : not_asked('Conversations', document.conversations.length)),
    ...(wants('versions') ? [] : not_asked('The list of saved versions', document.versions.length)),
    ...(wants('files') ? [] : not_asked('The drawings as uploaded', document.floors.length)),
  ];
  const written: ProjectDocument = {
    ...document,
    conversations: wants('conversations') ? document.conversations : [],
    versions: wants('versions') ? document.versions : [],
    left_out,
  };
  return { bytes: new TextEncoder().encode(`${JSON.stringify(written, null, 1)}\n`), left_out };
}
