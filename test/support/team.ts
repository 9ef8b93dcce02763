import type { Administrator } from './administrator.ts';

/** The person who is paged first, and the one after. */
export const FIRST = 'first@example.com';
export const SECOND = 'second@example.com';

/** A client with a service, and two people who are paged one after the other. */
export interface Team {
  clientId: string;
  serviceId: string;
  people: { first: string; second: string };
}

interface Made {
  id: string;
}

/** Makes a team by the API; the second person is paged when the first has not answered within `delay`. */
export const makeTeam = async (administrator: Administrator, delay: string): Promise<Team> => {
  const person = async (name: string, email: string): Promise<string> => {
    const contactMethods = [{ id: 'mail', channel: 'email', address: email, verified: true }];
    return (await administrator.post<Made>('/v1/people', { name, email, timeZone: 'UTC', contactMethods }))
      .id;
  };
  const first = await person('Fay First', FIRST);
  const second = await person('Sam Second', SECOND);
  const steps = [first, second].map((id) => ({ delay, targets: [{ type: 'person', id }] }));
  const policy = { name: 'Fay, then Sam', steps, repeats: 0 };
  const { id: escalationPolicyId } = await administrator.post<Made>('/v1/escalation-policies', policy);
  const { id: clientId } = await administrator.post<Made>('/v1/clients', { name: 'Harbour Books' });
  const service = { clientId, name: 'Web shop', escalationPolicyId };
  const { id: serviceId } = await administrator.post<Made>('/v1/services', service);
  return { clientId, serviceId, people: { first, second } };
};

/** A way in for a monitor: its key, and the address to post to. */
export const integrate = (
  administrator: Administrator,
  serviceId: string,
  source: string,
): Promise<{ id: string; key: string; url: string }> =>
  administrator.post('/v1/integrations', { serviceId, source, name: `A ${source} monitor` });
