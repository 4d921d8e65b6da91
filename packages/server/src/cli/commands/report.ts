import { Command, Option } from 'commander';
import type { z } from 'zod';
import { askRoute, csvOf } from '../../http/index.ts';
import { routeTable } from '../../http/route-table.ts';
import { TouchstoneError } from '../../vocabulary/errors.ts';
import type { Route } from '../../vocabulary/route.ts';
import { type Answer, type Frame, type Outcome, withDatabase } from '../frame.ts';
import { readableReport } from '../readable-report.ts';
import { routeContext } from '../route-context.ts';

const ofShop = '/reports/';
const ofCampaign = '/campaigns/:id/reports/';

/** `touchstone report leaderboard | overview | … [--campaign ID]`: the reports of the API, with the same parameters. */
export function reportCommand(answer: Answer): Command {
  const report = new Command('report').description('Answer a report as a table, as CSV or as JSON');
  for (const name of reportNames()) {
    const routes = routesOf(name);
    const command = new Command(name).description(routes[0]!.summary);
    for (const [parameter, schema] of parametersOf(routes)) {
      const flag = parameter.replaceAll('_', '-');
      command.addOption(new Option(`--${flag} <value>`, schema.meta()?.description));
    }
    if (routes.some(isOfCampaign)) {
      command.addOption(new Option('--campaign <id>', 'of this campaign (its id)'));
    }
    command.option('--csv', 'as CSV');
    report.addCommand(command.action(answer((frame, asked: Asked) => ask(frame, name, asked))));
  }
  return report;
}

type Asked = { campaign?: string; csv?: boolean; json?: boolean } & Record<string, unknown>;

async function ask(
  frame: Frame,
  name: string,
  { campaign, csv, json: _, ...asked }: Asked,
): Promise<Outcome> {
  const route = routesOf(name).find((each) => isOfCampaign(each) === (campaign !== undefined));
  if (route === undefined) {
    const remedy = campaign === undefined ? 'name a campaign with --campaign' : 'leave --campaign out';
    throw new TouchstoneError('invalid', `The report ${name} is not asked like this: ${remedy}.`);
  }
  const query = Object.fromEntries(Object.entries(asked).map(([key, value]) => [snakeCase(key), value]));
  const params: Record<string, string> = campaign === undefined ? {} : { id: campaign };
  const reply = await withDatabase(frame, ({ db }) =>
    askRoute(route, { params, query }, routeContext(frame, db)),
  );
  const text =
    csv === true && reply.csv !== undefined ? csvOf(reply.csv).trimEnd() : readableReport(reply.data);
  return { text, data: { data: reply.data, meta: reply.meta } };
}

function reportNames(): string[] {
  const paths = routeTable.filter(isReport).map(({ path }) => path);
  return [
    ...new Set(paths.map((path) => path.slice((path.startsWith(ofShop) ? ofShop : ofCampaign).length))),
  ];
}

function routesOf(name: string): Route[] {
  return routeTable.filter(
    (route) => isReport(route) && [ofShop + name, ofCampaign + name].includes(route.path),
  );
}

function isReport({ method, path }: Route): boolean {
  return method === 'GET' && (path.startsWith(ofShop) || path.startsWith(ofCampaign));
}

function isOfCampaign({ path }: Route): boolean {
  return path.startsWith(ofCampaign);
}

function parametersOf(routes: Route[]): Map<string, z.ZodType> {
  const shapes = routes.map(({ query }) => (query as z.ZodObject | undefined)?.shape ?? {});
  return new Map(shapes.flatMap((shape) => Object.entries(shape) as [string, z.ZodType][]));
}

function snakeCase(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
