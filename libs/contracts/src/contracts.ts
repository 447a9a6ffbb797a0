import { billingEvents } from './billing/events';
import { billingRpcs } from './billing/rpcs';
import type { EventContract, RpcContract, WorkContract } from './core/define';
import { identityDirectoryEvents, identityEvents } from './identity/events';
import { identityRpcs } from './identity/rpcs';
import { dispatchLinksRpc, dispatchWork } from './sms/dispatch';
import { smsEvents } from './sms/events';
import { smsRpcs } from './sms/rpcs';
import { targetingEvents } from './targeting/events';
import { targetingRpcs } from './targeting/rpcs';

// All contracts of the platform, joined from the rooms that own them.

const rpcs = [identityRpcs, billingRpcs, targetingRpcs, smsRpcs, { links: dispatchLinksRpc }]
  .flatMap((nouns) => Object.values<object>(nouns))
  .flatMap((verbs) => Object.values(verbs) as RpcContract[]);
const events: readonly EventContract[] = [
  identityEvents,
  identityDirectoryEvents,
  billingEvents,
  targetingEvents,
  smsEvents,
].flatMap((room) => Object.values<EventContract>(room));
const works = Object.values<WorkContract>(dispatchWork);

for (const kind of [rpcs, events, works] as const) {
  const names = new Set<string>();
  for (const { name } of kind) {
    if (names.has(name)) throw new Error(`contract ${name} is defined twice`);
    names.add(name);
  }
}

export function rpcContracts(): readonly RpcContract[] {
  return rpcs;
}
export function eventContracts(): readonly EventContract[] {
  return events;
}
export function workContracts(): readonly WorkContract[] {
  return works;
}
