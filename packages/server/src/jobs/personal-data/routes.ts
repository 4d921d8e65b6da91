import { personInput } from '../../people/index.ts';
import { textField } from '../../vocabulary/fields.ts';
import { type Route, route } from '../../vocabulary/route.ts';
import { erasedPerson, erasePerson } from './erase-person.ts';
import { exportedPerson, exportPerson } from './export-person.ts';

const tag = 'Personal data';

export const routes: Route[] = [
  route({
    method: 'POST',
    path: '/personal-data/export',
    permission: 'people:read',
    tag,
    summary: 'Export all that is held of a person: a customer, or the recipient of an address',
    statuses: [200],
    readOnly: true,
    body: personInput,
    data: exportedPerson,
    async handle({ body }, context) {
      return { data: await exportPerson(context, body) };
    },
  }),
  route({
    method: 'POST',
    path: '/personal-data/erase',
    permission: 'people:write',
    tag,
    summary: 'Erase a person: name and address go, every figure stays',
    statuses: [200],
    body: personInput.safeExtend({
      reason: textField(500).meta({ description: 'Why, for the audit log; an address in it is left out.' }),
    }),
    data: erasedPerson,
    async handle({ body: { reason, ...person } }, context) {
      return { data: await erasePerson(context, person, reason) };
    },
  }),
];
