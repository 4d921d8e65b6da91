import { type FieldFault, TouchstoneError } from '../../vocabulary/errors.ts';
import { nearest } from '../../vocabulary/nearest.ts';
import type { Settings } from '../../vocabulary/settings.ts';
import { type Variable, variables } from './variables.ts';

export type Environment = Record<string, string | undefined>;

/**
 * Reads the configuration from the environment. An empty variable counts as absent.
 *
 * @throws configuration, naming every variable that is wrong or unknown, what is wrong with it and an example
 */
export function readSettings(environment: Environment): Settings {
  const readings = variables.map((variable) => ({ variable, reading: readVariable(variable, environment) }));
  const faults = readings.flatMap(({ variable, reading }) =>
    'fault' in reading ? [faultOf(variable, environment, reading)] : [],
  );
  const all = [...faults, ...faultsOfNames(environment)];
  if (all.length > 0) {
    const count = all.length === 1 ? 'One variable' : `${all.length} variables`;
    throw new TouchstoneError('configuration', `${count} of the environment cannot be used.`, all);
  }
  return Object.fromEntries(
    readings.map(({ variable, reading }) => [variable.sets, 'value' in reading ? reading.value : undefined]),
  ) as Settings;
}

function readVariable(variable: Variable, environment: Environment) {
  const text = environment[variable.name]?.trim() || variable.fallback;
  return text === undefined ? { value: undefined } : variable.read(text);
}

function faultOf(
  { name, example }: Variable,
  environment: Environment,
  { fault, secret }: { fault: string; secret?: boolean },
): FieldFault {
  const given = secret ? '' : ` (it is ${JSON.stringify(environment[name])})`;
  return { path: name, message: `${fault}${given}. Example: ${name}=${example}` };
}

// A misspelt variable would otherwise change nothing and say nothing.
function faultsOfNames(environment: Environment): FieldFault[] {
  const known = variables.map(({ name }) => name);
  return Object.keys(environment)
    .filter((name) => /^(TOUCHSTONE|ATTRIBUTION)_/.test(name) && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return {
        path: name,
        message:
          meant === undefined
            ? 'is not a known variable; take it out'
            : `is not a known variable; did you mean ${meant}?`,
      };
    });
}
