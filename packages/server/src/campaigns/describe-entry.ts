import type { AuditView } from '../people/index.ts';

/** What an entry of a campaign's audit says, in a sentence without its subject: "paused it from 2026-03-01T…Z on". */
export function describeEntry({
  action,
  before,
  after,
}: Pick<AuditView, 'action' | 'before' | 'after'>): string {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  switch (action) {
    case 'campaign.create':
      return `created it as ${String(is.status)}, to start at ${String(is.starts_at)}`;
    case 'campaign.status':
      return `changed its status from ${String(was.status)} to ${String(is.status)}${is.effective_at === undefined ? '' : `, as of ${String(is.effective_at)}`}`;
    case 'campaign.update':
      return `changed ${Object.keys(is)
        .map((field) => describeField(field, was[field], is[field]))
        .join(', ')}`;
    case 'campaign.add_targets':
      return `had it target ${count(is.targets, 'product')} from ${String(firstOf(is.targets).effective_from)} on`;
    case 'campaign.remove_target':
      return is.target === null
        ? `took back a target that had not begun`
        : `ended the target of a product at ${String(fieldsOf(is.target).effective_to)}`;
    case 'campaign.spend':
      return `recorded ${count(is.entries, 'spend entry', 'spend entries')}`;
    case 'campaign.archive':
      return 'archived it';
    case 'campaign.unarchive':
      return 'took it out of the archive';
    default:
      return action;
  }
}

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function firstOf(list: unknown): Fields {
  return Array.isArray(list) ? fieldsOf(list[0]) : {};
}

function count(list: unknown, one: string, many = `${one}s`): string {
  const length = Array.isArray(list) ? list.length : 0;
  return `${length} ${length === 1 ? one : many}`;
}

function describeField(field: string, was: unknown, is: unknown): string {
  const isPlain = (value: unknown) => value === null || typeof value !== 'object';
  const shown = (value: unknown) => (value === null ? 'none' : JSON.stringify(value));
  return isPlain(was) && isPlain(is) ? `${field} from ${shown(was)} to ${shown(is)}` : field;
}
