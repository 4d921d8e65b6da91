import type { Reply, Route, RouteContext } from '../vocabulary/route.ts';
import { inputReader } from './read-input.ts';

/**
 * Asks a route without HTTP, as the command line does: the same checks of the same input, the same answer.
 *
 * @throws what the route refuses
 */
export async function askRoute(
  route: Route,
  input: { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown },
  context: RouteContext,
): Promise<Reply> {
  const { params = {}, query = {}, body } = input;
  return await route.handle(inputReader(route)({ params, query, body }), context);
}
