import type { Route } from '../shared/edge/route.ts';

/** Every route of the API with the ways in for monitors, from the functions that answer them; loaded when somebody asks. */
export const allRoutes = async (): Promise<Route[]> => {
  const tables = await Promise.all([
    import('./directory-api/index.ts'),
    import('./corrective-api/index.ts'),
    import('./proactive-api/index.ts'),
    import('./preventive-api/index.ts'),
  ]);
  const { intakeRoutes, trackerEvents } = await import('../shared/edge/intake-routes.ts');
  return [...intakeRoutes, trackerEvents, ...tables.flatMap(({ routes }) => routes)];
};
