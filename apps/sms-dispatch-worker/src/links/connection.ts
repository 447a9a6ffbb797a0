import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { checkServerIdentity, connect as connectTls } from 'node:tls';
import type { LinkAssignmentDto } from '@peyk/contracts/sms';

/** The event from which an operator's socket carries SMPP: over TLS only when the operator is who it should be. */
export interface OperatorSocket {
  readonly socket: Socket;
  readonly readyEvent: 'connect' | 'secureConnect';
}

/** Begins to connect to the operator of a link. What fails is an `error` event of the socket. */
export function connectTo({
  host,
  port,
  tls,
}: Pick<LinkAssignmentDto, 'host' | 'port' | 'tls'>): OperatorSocket {
  if (!tls) return { socket: connect({ host, port, noDelay: true }), readyEvent: 'connect' };
  const socket = connectTls({
    host,
    port,
    // TLS tells names to the server, never IP addresses (RFC 6066, section 3).
    ...(/^[\d.]+$|:/.test(tls.name) ? {} : { servername: tls.name }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(tls.name, certificate),
    ca: tls.caCertificate ?? undefined,
    minVersion: 'TLSv1.2',
  });
  socket.setNoDelay(true);
  return { socket, readyEvent: 'secureConnect' };
}
