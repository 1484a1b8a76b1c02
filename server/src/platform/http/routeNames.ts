import type { Route } from '@dialog/shared/contract/routes';
import { routes } from '@dialog/shared/protocol';

const NAMES: ReadonlyMap<Route, string> = new Map(Object.entries(routes).map(([name, route]) => [route, name]));

/** What the contract calls this route. */
export function routeName(route: Route): string {
  const name = NAMES.get(route);
  if (name === undefined) throw new Error(`${route.method} ${route.path} is no route of the contract`);
  return name;
}
