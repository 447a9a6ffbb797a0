import { linkTestMs } from '@peyk/contracts/sms';
import type { LinkAssignmentDto, LinkTestDto, LinkTestOutcome } from '@peyk/contracts/sms';
import { PDU } from '../smpp/library';
import type { LibraryPdu } from '../smpp/library';
import { headerBytes, interfaceVersion, pduBytesMax, Status } from '../smpp/protocol';
import { connectTo } from './connection';

type Stage = 'connect' | 'bind' | 'enquire';
const tooLate: Readonly<Record<Stage, LinkTestOutcome>> = {
  connect: 'connectTimeout',
  bind: 'bindTimeout',
  enquire: 'enquireTimeout',
};
const bindSequence = 1;
const enquireSequence = 2;
const unbindSequence = 3;

/**
 * Connects as a bind of the link would, binds, asks with enquire_link, unbinds, and says how far it came. No message is
 * written; what the operator delivers meanwhile is not answered, so it comes again over a real bind.
 */
export function testLink(link: LinkAssignmentDto, timeoutMs = linkTestMs): Promise<LinkTestDto> {
  const beganAt = performance.now();
  const { socket, readyEvent } = connectTo(link);
  return new Promise((resolve) => {
    let stage: Stage = 'connect';
    let smsc: string | null = null;
    let rest = Buffer.alloc(0);
    const send = (
      command: string,
      sequence: number,
      fields: Readonly<Record<string, unknown>> = {},
    ): void => {
      socket.write(new PDU(command, { ...fields, sequence_number: sequence }).toBuffer());
    };
    const end = (
      outcome: LinkTestOutcome,
      more: Partial<Pick<LinkTestDto, 'status' | 'fault'>> = {},
    ): void => {
      clearTimeout(timer);
      if (stage === 'enquire') {
        send('unbind', unbindSequence);
        socket.end();
      }
      // An operator that does not close gets no second of ours.
      setTimeout(() => socket.destroy(), unbindMs).unref();
      const tookMs = Math.min(60_000, Math.round(performance.now() - beganAt));
      resolve({ outcome, status: null, fault: null, ...more, tookMs, smsc });
    };
    const timer = setTimeout(() => end(tooLate[stage]), timeoutMs);
    socket.on(readyEvent, () => {
      stage = 'bind';
      send('bind_transceiver', bindSequence, {
        system_id: link.systemId,
        password: link.password,
        system_type: link.systemType,
        interface_version: interfaceVersion,
      });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const fault = (error.code ?? error.message).slice(0, 100);
      end(stage === 'connect' ? outcomeOf(error, readyEvent === 'secureConnect') : 'closed', { fault });
    });
    socket.on('close', () => end('closed'));
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= headerBytes) {
        const length = rest.readUInt32BE(0);
        if (length < headerBytes || length > pduBytesMax) return end('notSmpp');
        if (rest.length < length) return;
        const pdu = readPdu(rest.subarray(0, length));
        rest = rest.subarray(length);
        if (pdu?.command === 'bind_transceiver_resp' && stage === 'bind') {
          if (pdu.command_status !== Status.ok) return end('bindRefused', { status: pdu.command_status });
          if (typeof pdu['system_id'] === 'string') smsc = pdu['system_id'].slice(0, 16);
          stage = 'enquire';
          send('enquire_link', enquireSequence);
        } else if (pdu?.command === 'generic_nack' && stage === 'bind')
          return end('bindRefused', { status: pdu.command_status });
        else if (pdu?.command === 'enquire_link_resp' && stage === 'enquire') return end('answered');
        else if (pdu?.command === 'enquire_link') send('enquire_link_resp', pdu.sequence_number);
      }
    });
  });
}

const unbindMs = 500;

/** Undefined: a PDU that the codec does not read, which is no answer to us. */
function readPdu(bytes: Buffer): LibraryPdu | undefined {
  try {
    return new PDU(bytes);
  } catch {
    return undefined;
  }
}

function outcomeOf({ code = '' }: NodeJS.ErrnoException, tls: boolean): LinkTestOutcome {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return 'nameUnknown';
    case 'ECONNREFUSED':
      return 'refused';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return 'unreachable';
    case 'ETIMEDOUT':
      return 'connectTimeout';
    default:
      // A server without TLS, another certificate, no common version: all are met before TLS is ready.
      return tls ? 'tlsFailed' : 'closed';
  }
}
