import {
  allSubscriptions,
  errorCodes,
  errorTable,
  eventContracts,
  httpStatusOf,
  ownerOf,
  rpcContracts,
  workContracts,
} from '@peyk/contracts';
import { SchemaCollector } from '../routes/json-schema';

/** Text of docs/events/catalogue.json: every event, RPC and work message with its JSON Schema. */
export function renderCatalogue(): string {
  const schemas = new SchemaCollector('#/$defs/');
  const events = eventContracts().map(({ name, version, when, payload }) => [
    name,
    { version, when, queues: queuesOf(name), payload: schemas.refTo(payload) },
  ]);
  const rpcs = rpcContracts().map(({ name, does, access, callers, errors, deadlineMs, input, output }) => [
    name,
    { does, access, callers, errors, deadlineMs, input: schemas.refTo(input), output: schemas.refTo(output) },
  ]);
  const work = workContracts().map(({ name, does, payload }) => [
    name,
    { does, payload: schemas.refTo(payload) },
  ]);
  const catalogue = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    events: byName(events),
    rpcs: byName(rpcs),
    work: byName(work),
    $defs: schemas.all(),
  };
  return `${JSON.stringify(catalogue, undefined, 2)}\n`;
}

/** Text of docs/events/README.md. */
export function renderCataloguePage(): string {
  const events = eventContracts().map(
    ({ name, version, payload, when }) =>
      [
        name,
        `| \`${name}\` | ${version} | ${payload.name} | ${when} | ${queuesOf(name).join(', ') || '-'} |`,
      ] as const,
  );
  const rpcs = rpcContracts().map(
    ({ name, access, callers, input, output, does, errors, deadlineMs }) =>
      [
        name,
        `| \`${name}\` | ${access} | ${callers?.join(', ') || '-'} | ${input.name} | ${output.name} | ${deadlineMs} | ${does} | ${errors.join(', ') || '-'} |`,
      ] as const,
  );
  const work = workContracts().map(
    ({ name, payload, does }) => [name, `| \`${name}\` | ${payload.name} | ${does} |`] as const,
  );
  const errors = errorCodes.map((code) => {
    const { kind, en, fa } = errorTable[code];
    return `| \`${code}\` | ${kind} | ${httpStatusOf(code)} | ${en} | ${fa} |`;
  });
  return `# Messages between the programs

Generated from \`libs/contracts\` (\`node dist/apps/api-gateway/src/catalogue.cli.js\`); a test fails when it is stale.
The JSON Schema of every payload is in [catalogue.json](catalogue.json).

## Events

On the topic exchange by name; a queue is there for each consumer purpose. A new version stands beside the old one.

| event | version | payload | sent when | queues |
| --- | --- | --- | --- | --- |
${rowsOf(events)}

## RPCs

Owner: the first segment of the name. Access: \`public\`, \`user\` (an access token travels along; the owner checks role and
ownership), \`service\` (only the programs in \`callers\`, each by its own key). Besides the codes below each may answer \`input.invalid\`,
\`access.*\`, \`service.unavailable\` and \`internal\`.

| RPC | access | callers | input | output | deadline, ms | answers | error codes |
| --- | --- | --- | --- | --- | --- | --- | --- |
${rowsOf(rpcs)}

## Work

Between two programs that know each other; not for subscribers.

| message | payload | does |
| --- | --- | --- |
${rowsOf(work)}

## Error codes

| code | kind | HTTP | English | Persian |
| --- | --- | --- | --- | --- |
${errors.join('\n')}

Services: ${[...new Set(rpcContracts().map(ownerOf))].sort().join(', ')}.
`;
}

function queuesOf(event: string): string[] {
  return allSubscriptions()
    .filter(({ events }) => events.some(({ name }) => name === event))
    .map(({ queue }) => queue);
}

function byName(entries: readonly (readonly unknown[])[]): Record<string, unknown> {
  const pairs = entries.map(([name, entry]) => [String(name), entry] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function rowsOf(rows: readonly (readonly [string, string])[]): string {
  return [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row)
    .join('\n');
}
