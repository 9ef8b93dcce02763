import { describe, expect, test } from 'vitest';
import { handler } from '../../functions/answer-notice.ts';
import { usePorts } from '../../shared/edge/ports.ts';
import { pageHeaders } from '../../shared/pages/layout.ts';
import type { Message } from '../../shared/workflow/engine/ports.ts';
import { noticeLink } from '../../shared/workflow/paging/links.ts';
import { changeReview } from '../../shared/workflow/reviews/change.ts';
import { deskOn } from '../support/desk.ts';
import { testEngine } from '../support/engine.ts';
import { LEAD, MANAGER, OWNER, READER, reviewDesk } from '../support/review-desk.ts';

const open = deskOn(testEngine());
const READERS = { publishTo: [{ id: 'rita', name: 'Rita Reader', email: READER }] };

/** A review that is written and waits to be approved, with the links that were sent. */
const scene = async () => {
  const desk = await open();
  const reviews = await reviewDesk(desk, READERS);
  await reviews.resolvedIncident();
  const owner = pathIn(reviews.expectTold(OWNER, /A review is due/));
  await reviews.writeAll();
  await reviews.write('people', { text: 'Between us: SECRET names.' });
  usePorts(desk.ports);
  const http = async (method: string, rawPath: string, form: Record<string, string> = {}) => {
    const body = new URLSearchParams(form).toString();
    const reply = await handler({ rawPath, body, requestContext: { http: { method } } });
    await desk.reconcile();
    return reply;
  };
  const submit = async () => {
    await reviews.submit();
    const [lead, manager] = [LEAD, MANAGER].map((to) => pathIn(reviews.expectTold(to, /Please approve/)));
    return { lead: lead ?? '', manager: manager ?? '' };
  };
  return { desk, reviews, owner, http, submit };
};

const pathIn = ({ text }: Message): string => /https:\/\/pages\.example\.com(\/n\/\S+)/.exec(text)?.[1] ?? '';
const buttons = (body: string): string[] =>
  [...body.matchAll(/<button[^>]*>([^<]*)</g)].map(([, words = '']) => words);

describe('the link of one of ours', () => {
  test('shows the review while it is written, and what is missing', async () => {
    const { reviews, owner, http } = await scene();
    await reviews.write('fix', { text: 'Renewed.', choice: undefined });
    const { statusCode, body, headers } = await http('GET', owner);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject(pageHeaders());
    for (const words of [
      'SECRET names',
      'You are viewing this as Ada',
      'Still missing',
      '“The fix” needs a choice',
    ])
      expect(body).toContain(words);
    expect(buttons(body)).toEqual([]);
  });

  test('of an approver has the buttons, and a tap approves what was read', async () => {
    const { reviews, http, submit } = await scene();
    const { lead, manager } = await submit();
    const { revision } = await reviews.review();
    expect(buttons((await http('GET', lead)).body)).toEqual([
      `Approve revision ${revision}`,
      'Ask for changes',
    ]);
    expect((await reviews.review()).approvals).toEqual([]);
    const { statusCode, body } = await http('POST', lead, { action: 'approve', revision: `${revision}` });
    expect(statusCode).toBe(200);
    expect(body).toContain('You have approved this review');
    expect(buttons(body)).toEqual([]);
    const approval = { role: 'technical-lead', name: 'Bo', revision };
    expect((await reviews.review()).approvals).toMatchObject([approval]);
    expect((await http('POST', lead, { action: 'approve', revision: `${revision}` })).statusCode).toBe(200);
    expect((await reviews.review()).approvals).toMatchObject([approval]);
    await http('POST', manager, { action: 'approve', revision: `${revision}` });
    expect((await reviews.review()).status).toBe('approved');
    reviews.overlook(OWNER, MANAGER);
  });

  test('asks for changes, in words', async () => {
    const { reviews, http, submit } = await scene();
    const { lead } = await submit();
    const revision = `${(await reviews.review()).revision}`;
    expect(await http('POST', lead, { action: 'changes', revision, note: ' ' })).toMatchObject({
      ...{ statusCode: 409, body: expect.stringContaining('what should change') },
    });
    expect((await reviews.review()).status).toBe('in-review');
    const note = 'Say why <nobody> watched it.';
    expect((await http('POST', lead, { action: 'changes', revision, note })).body).toContain(
      'will be notified of the changes',
    );
    expect((await reviews.review()).status).toBe('writing');
    expect(reviews.expectTold(OWNER, /Changes requested/).text).toContain(note);
    const again = await http('POST', lead, { action: 'changes', revision, note });
    expect(again.body).toContain('Changes were already requested');
    expect(again.body).not.toContain('Nothing was recorded');
  });

  test('keeps what they wrote where the review has changed meanwhile', async () => {
    const { reviews, http, submit } = await scene();
    const { lead } = await submit();
    const revision = `${(await reviews.review()).revision}`;
    await reviews.write('lucky', { text: 'It was a quiet hour.' });
    const note = 'Say why <nobody> watched it.';
    const { statusCode, body } = await http('POST', lead, { action: 'changes', revision, note });
    expect([statusCode, (await reviews.review()).status]).toEqual([409, 'in-review']);
    expect(body).toContain('>Say why &lt;nobody&gt; watched it.</textarea>');
  });

  test('approves nothing that was written since they looked', async () => {
    const { reviews, http, submit } = await scene();
    const { lead } = await submit();
    const { revision } = await reviews.review();
    await reviews.write('lucky', { text: 'It was a quiet hour.' });
    for (const seen of [`${revision}`, '']) {
      const { statusCode, body } = await http('POST', lead, { action: 'approve', revision: seen });
      expect(statusCode).toBe(409);
      expect(body).toContain('changed while the page was open');
      expect(body).toContain(`Approve revision ${revision + 1}`);
    }
    expect((await reviews.review()).approvals).toEqual([]);
  });

  test('shows, and decides nothing, once they are not its lead any more', async () => {
    const { desk, reviews, http, submit } = await scene();
    const { lead } = await submit();
    const { id, revision } = await reviews.review();
    const patch = { technicalLeadId: reviews.id('ada') };
    await changeReview(desk.ports, reviews.caller(), { id, patch });
    const { body } = await http('GET', lead);
    expect(body).toContain('SECRET names');
    expect(buttons(body)).toEqual([]);
    for (const action of ['approve', 'changes'])
      expect(await http('POST', lead, { action, revision: `${revision}`, note: 'x' })).toMatchObject({
        ...{ statusCode: 409, body: expect.stringContaining('asked to answer this') },
      });
    expect(await reviews.review()).toMatchObject({ status: 'in-review', approvals: [] });
    await desk.reconcile();
    reviews.overlook(OWNER);
  });

  test('is for reading where they wrote part of it themselves', async () => {
    const { reviews, http, submit } = await scene();
    const { lead } = await submit();
    await reviews.write('lucky', { text: 'Mine.' }, 'bo');
    const { body } = await http('GET', lead);
    expect(body).toContain('You wrote part of this review');
    expect(buttons(body)).toEqual([]);
  });

  test.each(['HEAD', 'GET', 'PUT', 'OPTIONS'])('changes nothing by %s', async (method) => {
    const { reviews, http, submit } = await scene();
    const { lead } = await submit();
    const before = await reviews.contents();
    await http(method, lead, { action: 'approve', revision: `${before.review.revision}` });
    expect(await reviews.contents()).toEqual(before);
  });

  test('opens nothing for whoever was not written to, or is not here any more', async () => {
    const { desk, reviews, http, submit } = await scene();
    const { lead } = await submit();
    const { id } = await reviews.review();
    const never = await noticeLink(desk.ports, { subjectId: id, recipientId: reviews.id('dee') });
    expect((await http('GET', new URL(never).pathname)).statusCode).toBe(404);
    await desk.ports.store.commit([{ remove: { kind: 'person', id: reviews.id('bo') } }]);
    expect((await http('GET', lead)).statusCode).toBe(404);
  });
});

describe('the link of a reader at the client', () => {
  const published = async () => {
    const all = await scene();
    await all.submit();
    await all.reviews.approve('bo');
    await all.reviews.approve('cy');
    await all.reviews.publish();
    const link = pathIn(all.reviews.expectTold(READER, /What happened/));
    all.reviews.overlook(OWNER, LEAD, MANAGER);
    return { ...all, link };
  };

  test('shows what was published, and not one word of ours', async () => {
    const { reviews, http, link } = await published();
    await reviews.write('client-cause', { text: 'A draft that nobody approved.' });
    reviews.overlook(LEAD, MANAGER);
    for (const method of ['GET', 'POST']) {
      const page = (await http(method, link, { action: 'approve', revision: '1' })).body;
      const body = page.slice(page.indexOf('<body>'));
      expect(body).toContain('For an hour no orders could be placed.');
      const { review, sections } = await reviews.contents();
      const ours = sections.filter(({ name }) => !name.startsWith('client-')).map(({ text }) => text);
      for (const words of [
        ...ours.filter(Boolean),
        'SECRET',
        'A draft',
        'Ada',
        'Bo',
        'Dee',
        'revision',
        'SEV1',
      ])
        expect(body, words).not.toContain(words);
      for (const word of [review.title, review.id, review.incidentId, review.clientId, '#1', '<button'])
        expect(body, word).not.toContain(word);
    }
    expect((await reviews.review()).approvals).toEqual([]);
  });

  test('is dead once they are no reader any more, whatever they are called', async () => {
    const { desk, http, link } = await published();
    await desk.ports.store.commit([
      { put: { ...desk.cast.client, technicalLeadId: desk.cast.people.bo.id } },
    ]);
    expect((await http('GET', link)).statusCode).toBe(404);
  });
});
