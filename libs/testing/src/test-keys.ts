import { generateKeyPairSync } from 'node:crypto';
import { TALKING_PROGRAMS } from '../../../deploy/programs.mjs';

/** Programs of the platform that specs play, and callers that no contract names. */
const names = [...TALKING_PROGRAMS.map(({ name }) => name), 'internship', 'spec', 'spec-caller'];

interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

function pairOf(program: string): Pair {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    publicKey: `${program}:${pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  };
}

let known: ReadonlyMap<string, Pair> | undefined;

/** SERVICE_KEY and SERVICE_PUBLIC_KEYS of a program, known to all others of this process. A strange name only knows them. */
export function testServiceEnv(program: string): { SERVICE_KEY: string; SERVICE_PUBLIC_KEYS: string } {
  known ??= new Map<string, Pair>(names.map((name) => [name, pairOf(name)]));
  const own = known.get(program) ?? pairOf(program);
  const publicKeys = new Set([...known.values(), own].map(({ publicKey }) => publicKey));
  return { SERVICE_KEY: own.privateKey, SERVICE_PUBLIC_KEYS: [...publicKeys].join(',') };
}

/** The same as `createMessaging` takes it. */
export function testServiceKeys(program: string): { serviceKey: string; servicePublicKeys: string } {
  const { SERVICE_KEY: serviceKey, SERVICE_PUBLIC_KEYS: servicePublicKeys } = testServiceEnv(program);
  return { serviceKey, servicePublicKeys };
}
