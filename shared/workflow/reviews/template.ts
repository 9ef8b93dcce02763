import { clients } from '../../domain/directory/client.ts';
import { invalid } from '../../domain/parse.ts';
import { problemsWithTemplate } from '../../domain/preventive/document/template.ts';
import type { ReviewTemplate } from '../../domain/preventive/review/review.ts';
import { Refused } from '../../domain/refused.ts';
import { find, requireVersion, type Wanted, type Writer } from '../directory/crud.ts';
import { commitWithRetry } from '../engine/commit.ts';
import type { Ports } from '../engine/ports.ts';

export interface Layouts {
  internal?: string | undefined;
  client?: string | undefined;
}

const templateOf = async (ports: Ports, wanted: Wanted): Promise<ReviewTemplate | undefined> => {
  const { id: clientId } = await find(ports, clients, wanted);
  return ports.store.get({ kind: 'review-template', clientId });
};

/** The client's own layouts; none of them where it goes by the built-in ones. */
export const showTemplate = async (
  ports: Ports,
  { principal }: Writer,
  clientId: string,
): Promise<Partial<ReviewTemplate> & { clientId: string }> =>
  (await templateOf(ports, { id: clientId, principal, role: 'read' })) ?? { clientId };

const problemsWith = ({ internal, client }: Layouts) => [
  ...(internal === undefined ? [] : problemsWithTemplate(internal, 'us', 'body.internal')),
  ...(client === undefined ? [] : problemsWithTemplate(client, 'client', 'body.client')),
];

/** Keeps a client's layouts in place of those before. @throws Refused `invalid` that names what there is to fill in. */
export const keepTemplate = (
  ports: Ports,
  caller: Writer,
  { clientId, layouts }: { clientId: string; layouts: Layouts },
): Promise<ReviewTemplate> =>
  commitWithRetry(ports, async () => {
    const { principal, ifMatch, invocation } = caller;
    const before = await templateOf(ports, { id: clientId, principal, role: 'admin' });
    requireVersion({ version: before?.version ?? 0 }, ifMatch);
    const problems = problemsWith(layouts);
    if (problems.length > 0) throw invalid(problems);
    const { internal: _, client: __, ...kept } = before ?? { clientId, createdAt: invocation.now };
    const put: ReviewTemplate = {
      ...kept,
      ...layouts,
      kind: 'review-template',
      clientId,
      version: (before?.version ?? 0) + 1,
      updatedAt: invocation.now,
      createdAt: before?.createdAt ?? invocation.now,
    };
    return { writes: [{ put, guard: before?.version ?? 'new' }], result: put };
  });

/** From then on the client's documents go by the built-in layouts. @throws Refused `not-found` when they do so already. */
export const forgetTemplate = (ports: Ports, caller: Writer, clientId: string): Promise<void> =>
  commitWithRetry(ports, async () => {
    const { principal, ifMatch } = caller;
    const before = await templateOf(ports, { id: clientId, principal, role: 'admin' });
    if (!before) throw new Refused('not-found', 'This client has no review template of its own.');
    requireVersion(before, ifMatch);
    const remove = { kind: 'review-template' as const, clientId };
    return { writes: [{ remove, guard: before.version }], result: undefined };
  });
