import type { Route } from '../../shared/edge/route.ts';

export const routes: Route[] = [];
