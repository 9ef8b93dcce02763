import { routeKeys } from '../resources.ts';

interface Road {
  method: string;
  path: RegExp;
  isGreedy: boolean;
  name: ReturnType<typeof routeKeys>[number]['name'];
}

/** `ANY /v1/clients/{proxy+}` as an expression; `{name}` is one segment, `{name+}` all that follow. */
const road = ({ key, name }: ReturnType<typeof routeKeys>[number]): Road => {
  const [method = '', path = ''] = key.split(' ');
  const expression = path.replace(/\{\w+\+\}/, '.+').replace(/\{\w+\}/g, '[^/]+');
  return {
    method,
    path: new RegExp(`^${expression.replaceAll('.json', '\\.json')}$`),
    isGreedy: path.includes('+}'),
    name,
  };
};

/** As API Gateway chooses: a whole match before one that takes all that follows, and those with a method first. */
const rank = ({ isGreedy, method }: Road): number => (isGreedy ? 2 : 0) + (method === 'ANY' ? 1 : 0);

const roads = routeKeys()
  .filter(({ key }) => key !== '$default')
  .map(road)
  .toSorted((one, other) => rank(one) - rank(other));
const otherwise = routeKeys().find(({ key }) => key === '$default')?.name;

/** The function that API Gateway invokes for a request, by the very table that its routes are made from. */
export const functionFor = (method: string, path: string): Road['name'] | undefined =>
  roads.find((road) => (road.method === 'ANY' || road.method === method) && road.path.test(path))?.name ??
  otherwise;
